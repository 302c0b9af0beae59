/* Both targets of every city when growth is other than planned: E g (1 - r) and the cap, the smaller binds. */
"use strict";
const twoTargets = (() => {
  const minus = (text) => text.replace("-", "\u2212");
  const amount = (x) => minus((Math.abs(x) < 0.05 ? 0 : x).toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 }));
  const points = (x) => minus((Math.abs(x) < 0.00005 ? 0 : x * 100).toFixed(2));
  const total = (x) => x.reduce((sum, value) => sum + value, 0);

  /* What every city faces when growth a year is `more` (a fraction) above the planned, for one city or all (null). */
  function faced(d, more, who) {
    const growth = d.growth.map((g, i) => (who === null || who === i ? (g ** (1 / d.years) + more) ** d.years : g));
    const allowed = d.left.map((left, i) => left * growth[i]);
    const binds = d.cap.map((cap, i) =>
      Math.abs(cap - allowed[i]) < 1 || Math.abs(cap / allowed[i] - 1) <= 0.001 ? "both" : cap < allowed[i] ? "cap" : "rate");
    const needed = d.cap.map((cap, i) => 1 - cap / (d.emissions[i] * growth[i]));
    const both = total(d.cap.map((cap, i) => Math.min(cap, allowed[i])));
    const intensity = d.within * total(d.gdp.map((y, i) => y * growth[i])) - d.counted;
    return { growth, allowed, binds, needed, both, rates: total(allowed), intensity };
  }

  function show() {
    const panel = document.getElementById("caps-panel"), data = document.getElementById("caps-data");
    if (!panel || !data) return;
    if (panel.draw) return panel.draw();
    let d = null, read = "";
    const who = panel.querySelector("select"), more = panel.querySelector("input");
    const rows = [...panel.querySelectorAll("tbody tr")].map((row) =>
      Object.fromEntries([...row.querySelectorAll("[data-is]")].map((cell) => [cell.dataset.is, cell])));

    function draw() {
      if (read !== data.textContent) d = JSON.parse(read = data.textContent);  // another plan, in a page that plans anew
      const texts = JSON.parse(panel.dataset.texts), fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
      const found = faced(d, more.value / 100, who.value === "" ? null : +who.value);
      const said = fill(texts.caps_growth, { points: (more.value > 0 ? "+" : "") + minus((+more.value).toFixed(1)) });
      panel.querySelector("output").textContent = said;
      more.setAttribute("aria-valuetext", said);
      rows.forEach((cells, i) => {
        cells.growth.textContent = points(found.growth[i] ** (1 / d.years) - 1);
        cells.allowed.textContent = amount(found.allowed[i]);
        cells.cap.textContent = d.cap[i].toLocaleString("en-US");
        cells.room.textContent = amount(d.cap[i] - found.allowed[i]);
        cells.binds.textContent = texts[`caps_binds_${found.binds[i]}`];
        cells.needed.textContent = points(found.needed[i]);
      });
      const over = found.both - found.intensity, verdict = panel.querySelector("#caps-verdict");
      const values = { name: texts.caps_intensity, rates: amount(found.rates), both: amount(found.both), intensity: amount(found.intensity), total: amount(d.total), over: amount(over) };
      verdict.textContent = fill(texts[over > 1e-6 ? "caps_over" : "caps_keeps"], values);
      verdict.className = over > 1e-6 ? "verdict not_backed" : "verdict";
    }

    panel.addEventListener("input", draw);
    panel.querySelector("button").addEventListener("click", () => { [more.value, who.value] = [0, ""]; draw(); });
    panel.hidden = false;
    panel.draw = draw;
    draw();
  }

  document.addEventListener("shown", show);
  return { faced };
})();
