/* The reader sorts tables, switches the language, unfolds chapters, prints with all of them open. */
"use strict";
(() => {
  const number = (text) => Number(text.replace(/[\s,%]/g, "").replace("\u2212", "-").replace(/^\+/, ""));

  function sort(table, column, direction) {
    const body = table.tBodies[0], text = (row) => row.cells[column].textContent.trim();
    const rows = [...body.rows], numeric = rows.every((row) => text(row) && Number.isFinite(number(text(row))));
    const order = numeric ? (x, y) => number(text(x)) - number(text(y))
      : (x, y) => text(x).localeCompare(text(y), document.documentElement.lang);
    body.append(...rows.sort((x, y) => direction * order(x, y)));
    [...table.tHead.rows[0].cells].forEach((cell, n) => {
      if (n === column) cell.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
      else cell.removeAttribute("aria-sort");
    });
  }

  function sortable(table) {
    [...table.tHead.rows[0].cells].forEach((cell, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => sort(table, column, cell.getAttribute("aria-sort") === "descending" ? 1 : -1));
    });
  }

  /* Both languages are in the page. What the other says of a text stands before it as a comment, of a tag in data-other. */
  const page = document.getElementById("page"), reader = document.createElement("div"), texts = [];
  const comments = document.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  while (comments.nextNode()) {
    const note = comments.currentNode;
    if (note.nextSibling?.nodeType !== Node.TEXT_NODE) note.after("");
    reader.innerHTML = note.data;  // escaped text, never markup
    texts.push([note.nextSibling, reader.textContent]);
  }

  function speakOther() {
    for (const pair of texts) [pair[0].data, pair[1]] = [pair[1], pair[0].data];
    for (const tag of page.querySelectorAll("[data-other]")) {
      const other = JSON.parse(tag.dataset.other), shown = Object.keys(other).map((name) => [name, tag.getAttribute(name)]);
      Object.entries(other).forEach(([name, value]) => tag.setAttribute(name, value));
      tag.dataset.other = JSON.stringify(Object.fromEntries(shown));
    }
  }

  let language = 0;
  document.getElementById("switch").addEventListener("click", () => {
    speakOther();
    const header = page.querySelector("header");
    [document.documentElement.lang, document.title] = [header.lang, header.querySelector("h1").textContent];
    drawCharts(language = 1 - language);
    document.dispatchEvent(new Event("shown"));  // what else says something in the page
  });

  const chapters = [...document.querySelectorAll("#page details.chapter")];
  const plots = (within) => [...within.querySelectorAll(".js-plotly-plot")];

  /* A chart that was drawn while its chapter was folded has no size of its own yet. */
  for (const chapter of chapters) {
    chapter.addEventListener("toggle", () => { if (chapter.open) plots(chapter).forEach((plot) => Plotly.Plots.resize(plot)); });
  }
  const follow = () => {
    const chapter = chapters.find((each) => `#${each.id}` === location.hash);
    if (!chapter) return;
    chapter.open = true;
    chapter.scrollIntoView();
  };
  window.addEventListener("hashchange", follow);
  document.querySelector("nav.contents").addEventListener("click", (event) => {
    if (event.target.hash === location.hash) follow();  // the address does not change the second time
  });
  document.getElementById("unfold").addEventListener("click", () => {
    const open = chapters.some((each) => !each.open);
    chapters.forEach((each) => { each.open = open; });
  });
  follow();
  document.getElementById("all-columns").addEventListener("change", () => {
    plots(document.querySelector(".first")).forEach((plot) => Plotly.Plots.resize(plot));
  });

  /* On paper every chapter is open but tables of a chart's figures, and charts stand two in a row where they may. */
  let closed = [], sizes = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("#page details:not(.figures):not([open])")];
    closed.forEach((part) => { part.open = true; });
    sizes = plots(page).filter((plot) => !plot.closest("#maps")).map((plot) => {
      const { width, height, autosize } = plot.layout;
      return [plot, { width, height, autosize }];
    });
    for (const [plot] of sizes) {
      const half = plot.closest(".pairs > div:not(:last-child:nth-child(odd))");
      Plotly.relayout(plot, { width: half ? 660 : 1350, height: 240, autosize: false });
    }
  });
  window.addEventListener("afterprint", () => {
    closed.forEach((part) => { part.open = false; });
    sizes.forEach(([plot, size]) => Plotly.relayout(plot, { width: null, height: null, autosize: true, ...size }));
  });
  document.querySelectorAll("table.sortable").forEach(sortable);
  document.dispatchEvent(new Event("shown"));
})();
