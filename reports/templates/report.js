/* The reader sorts tables, switches the language, prints with all tables open. */
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
    if (table.dataset.live) return;
    table.dataset.live = "yes";
    [...table.tHead.rows[0].cells].forEach((cell, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => sort(table, column, cell.getAttribute("aria-sort") === "descending" ? 1 : -1));
    });
  }

  function live() {
    document.querySelectorAll("table.sortable").forEach(sortable);
    document.dispatchEvent(new Event("shown"));  // what else has a script of its own in the page
  }

  /* Both languages are in the file; the one not shown waits in a template, inert. */
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("#switch")) return;
    const page = document.getElementById("page"), other = document.getElementById("other").content;
    const shown = [...page.childNodes], waiting = [...other.childNodes];
    other.append(...shown);
    page.append(...waiting);
    const header = page.querySelector("header");
    [document.documentElement.lang, document.title] = [header.lang, header.querySelector("h1").textContent];
    live();
    window.dispatchEvent(new Event("resize"));
    document.getElementById("switch").focus();
  });

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("#page details:not([open])")];
    closed.forEach((part) => { part.open = true; });
  });
  window.addEventListener("afterprint", () => closed.forEach((part) => { part.open = false; }));
  live();
})();
