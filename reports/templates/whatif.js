/* What if: weights, spread, target and bounds changed in the page, split again by the closed form.
   Names as in the method: S score, ref reference rate, h slope, q unit of a deviation, mu common adjustment. */
"use strict";
const whatif = (() => {
  const total = (x) => x.reduce((sum, value) => sum + value, 0);
  const dot = (x, y) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  const clip = (x, low, high) => Math.min(Math.max(x, low), high);

  /* What intensity and total together need: max(R + margin + m_B, R_C), m_B for the reserve. */
  const needed = (d, s) => {
    const asked = s.target + d.margin, burden = Math.max(d.reserve - (1 - asked) * d.reserve_gdp, 0);
    return Math.max(asked + burden, d.worth);
  };

  /* Reference rates that back the target before bounds, or why there are none. */
  function references(d, s) {
    const w = d.within.map((inside, k) => (inside * s.weights[d.of[k]]) / total(s.weights));
    const S = d.z.map((row) => dot(row, w));
    const uniform = (needed(d, s) + d.sigma) / (1 + d.sigma);
    if (uniform <= 0) return { why: "required", values: { found: points(needed(d, s) + d.sigma) } };
    const mean = dot(d.a, S) / total(d.a), least = Math.min(...S), width = Math.max(...S) - least;
    if (d.map === "proportional" && least <= 1e-12) return { why: "proportional", city: S.indexOf(least) };
    const steep = { uniform: 0, proportional: uniform / mean, linear: width <= 1e-12 ? 0 : s.spread / width };
    const h = steep[d.map];
    const ref = S.map((score) => uniform + h * (score - mean));
    const worst = S.indexOf(least);
    if (ref[worst] > 0) return { S, ref };
    const largest = (Math.ceil(((uniform * width) / (mean - least)) * 1000 - 1) / 10).toFixed(1);
    return { why: "reference", city: worst, values: { found: points(ref[worst]), largest } };
  }

  /* Bounds of each city: its own, else the common ones, under its decline factors' cap. */
  function bounds(d, s) {
    const l = d.a.map((_, i) => d.own_lower[i] ?? s.lower);
    const u = d.a.map((_, i) => Math.min(d.own_upper[i] ?? s.upper, d.most[i] ?? 1));
    return { l, u };
  }

  /* Bounds moved inward to the grid, but where they leave no value of it, and lower ones only as far as the target. */
  function inward(d, s, low, high) {
    const least = low.map((x) => Math.ceil(x / d.grid - 1e-9) * d.grid);
    const most = high.map((x) => Math.floor(x / d.grid + 1e-9) * d.grid);
    const some = least.map((x, i) => x <= most[i] + 1e-12);
    const raised = low.map((x, i) => (some[i] && least[i] > x + 1e-12 ? least[i] : x));
    high.forEach((x, i) => (high[i] = some[i] && most[i] < x - 1e-12 ? most[i] : x));
    if (dot(d.a, raised) <= needed(d, s) + d.sigma + 1e-12) raised.forEach((x, i) => (low[i] = x));
  }

  /* The rules folded into bounds; a pair the bounds forbid is dropped, as when the scenario is read. */
  function folded(d, s, { l, u }, grid = true) {
    const at = (limit) => limit.rate + (limit.follows ? s.target - d.settings.target : 0);
    const pairs = d.pairs.filter(([i, j]) => u[i] >= l[j]), low = [...l], high = [...u];
    for (const limit of d.floors) low[limit.position] = Math.max(low[limit.position], at(limit));
    for (const limit of d.ceilings) high[limit.position] = Math.min(high[limit.position], at(limit));
    if (grid) inward(d, s, low, high);
    for (let moved = true; moved; ) {
      moved = false;
      for (const [i, j] of pairs) {
        if (low[i] < low[j]) [low[i], moved] = [low[j], true];
        if (high[j] > high[i]) [high[j], moved] = [high[i], true];
      }
    }
    return { l: low, u: high };
  }

  /* r = clip(ref + mu q, l, u) with the one mu at which the weighted sum is the total. */
  function waterfill(a, need, ref, q, l, u) {
    const kinks = ref.flatMap((x, i) => [[(l[i] - x) / q[i], a[i] * q[i]], [(u[i] - x) / q[i], -a[i] * q[i]]]);
    kinks.sort((one, other) => one[0] - other[0]);
    let k = 0, sum = dot(a, l), slope = kinks[0][1];
    for (; k < kinks.length - 2; k++) {
      const next = sum + slope * (kinks[k + 1][0] - kinks[k][0]);
      if (next > need) break;
      [sum, slope] = [next, slope + kinks[k + 1][1]];
    }
    const middle = (kinks[k][0] + kinks[k + 1][0]) / 2;
    const free = ref.map((x, i) => (l[i] - x) / q[i] < middle && middle < (u[i] - x) / q[i]);
    const held = ref.map((x, i) => clip(x + middle * q[i], l[i], u[i]));
    const rest = need - total(a.map((value, i) => value * (free[i] ? ref[i] : held[i])));
    const mu = rest / total(a.map((value, i) => (free[i] ? value * q[i] : 0)));
    return ref.map((x, i) => (free[i] ? clip(x + mu * q[i], l[i], u[i]) : held[i]));
  }

  /* The split under settings s: rates and what they cut together, or why there is none. */
  function split(d, s) {
    const wide = bounds(d, s), crossed = wide.l.findIndex((low, i) => low > wide.u[i]);
    if (crossed >= 0) return { why: "crossed", city: crossed };
    const asked = references(d, s);
    if (asked.why) return asked;
    const need = needed(d, s) + d.sigma, { l, u } = folded(d, s, wide);
    const ruled = folded(d, s, wide, false), none = (at) => contradiction(d, s, at.l, at.u) ?? outside(d, s, need, at, "rules_");
    const beyond = outside(d, s, need, wide) ?? none(ruled);
    if (beyond) return beyond;
    if (none({ l, u })) return { why: "grid", values: { grid: String(+(d.grid * 100).toFixed(4)) } };
    const q = d.deviation === "relative" ? asked.ref : asked.ref.map(() => 1);
    const r = waterfill(d.a, need, asked.ref, q, l, u), implied = dot(d.a, r) - d.sigma;
    const backs = implied >= needed(d, s) - 1e-12;
    return { ...asked, r, l, u, implied, backs, why: backs ? null : "short" };
  }

  function contradiction(d, s, l, u) {
    const city = l.findIndex((low, i) => low > u[i] + 1e-12);
    return city < 0 ? null : { why: "rules", city };
  }

  function outside(d, s, need, { l, u }, rules = "") {
    const lowest = dot(d.a, l), highest = dot(d.a, u);
    const short = need > highest + 1e-12 ? need - highest : need < lowest - 1e-12 ? need - lowest : 0;
    if (!short) return null;
    const values = {
      target: points(needed(d, s)), lowest: points(lowest - d.sigma), highest: points(highest - d.sigma),
      points: points(Math.abs(short)), tonnes: tonnes(Math.abs(short) * 100 * d.point),
    };
    return { why: rules + (short > 0 ? "high" : "low"), short, values };
  }

  const minus = (text) => text.replace("-", "\u2212");
  const points = (x, digits = 2) => minus((x * 100).toFixed(digits));
  const signed = (x) => (x * 100 >= 0.005 ? "+" : "") + (Math.abs(x) * 100 < 0.005 ? "0.00" : points(x));
  const printed = (x) => Number((x * 100).toFixed(2)) / 100;
  const tonnes = (x) => x.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /* One weight moved: the others keep their proportions, and all add up to one. */
  function reweighed(weights, k, value, usable) {
    const others = total(weights) - weights[k], count = usable.filter(Boolean).length - 1;
    return weights.map((weight, n) =>
      n === k ? value : !usable[n] ? 0 : others > 0 ? (weight / others) * (1 - value) : (1 - value) / count);
  }

  let d = null, s = null;
  const start = () => ({ ...d.settings, weights: [...d.settings.weights] });

  /* Bring the panel that stands in the page to life. */
  function show() {
    const panel = document.getElementById("whatif-panel"), data = document.getElementById("whatif-data");
    if (!panel || !data) return;
    if (panel.draw) return panel.draw();
    d ??= JSON.parse(data.textContent);
    s ??= start();
    const rows = [...panel.querySelectorAll("tbody tr")];
    const sliders = [...panel.querySelectorAll("input")], verdict = panel.querySelector("#whatif-verdict");
    const marks = rows.map((row) => Object.fromEntries([...row.querySelectorAll("[data-is]")].map((e) => [e.dataset.is, e])));
    const read = (at) => (at.name === "weight" ? s.weights[+at.dataset.k] : s[at.name]);
    let axis = [0, 1];
    const place = (x) => 4 + 92 * ((x - axis[0]) / (axis[1] - axis[0] || 1)) + "%";
    const line = (mark, from, to) => { mark.setAttribute("x1", place(from)); mark.setAttribute("x2", place(to)); };

    function draw() {
      const found = split(d, s), solved = !found.why, texts = JSON.parse(panel.dataset.texts);
      for (const at of sliders) {
        const said = fill(texts[at.name === "weight" ? "percent" : at.name], { value: points(read(at), at.name === "weight" ? 1 : 2) });
        at.value = read(at) * 100;
        at.setAttribute("aria-valuetext", said);
        at.parentElement.querySelector("output").textContent = said;
      }
      if (solved) {
        axis = [Math.min(...found.l, ...d.rate), Math.max(...found.u, ...d.rate)];
        panel.querySelector("#whatif-axis").textContent = axis.map((x) => points(x)).join("–") + "%";
      }
      marks.forEach((mark, i) => {
        rows[i].classList.toggle("none", !solved);
        mark.rate.textContent = solved ? points(found.r[i]) : "–";
        mark.change.textContent = solved ? signed(printed(found.r[i]) - printed(d.rate[i])) : "–";  // of what is printed
        if (!solved) return;
        line(mark.bounds, found.l[i], found.u[i]);
        line(mark.move, d.rate[i], found.r[i]);
        mark.plan.setAttribute("cx", place(d.rate[i]));
        mark.new.setAttribute("cx", place(found.r[i]));
      });
      const values = { implied: points(found.implied ?? 0), target: points(needed(d, s)), name: rows[found.city]?.querySelector("th").textContent, ...found.values };
      verdict.textContent = fill(texts[found.why ?? "backed"], values);
      verdict.className = solved ? "verdict" : "verdict not_backed";
    }

    panel.addEventListener("input", ({ target: at }) => {
      if (at.name === "weight") s.weights = reweighed(s.weights, +at.dataset.k, at.value / 100, d.usable);
      else s[at.name] = at.value / 100;
      draw();
    });
    panel.querySelector("button").addEventListener("click", () => { s = start(); draw(); });
    panel.hidden = false;
    panel.draw = draw;
    draw();
  }

  document.addEventListener("shown", show);
  return { split, data: () => d, settings: () => s };
})();
