/* Draws the charts of the page, each where its id stands; what all have is there once.
   What differs between two languages is {said: [in the first, in the second]}. */
"use strict";
const drawCharts = (() => {
  const { figures, template, config } = JSON.parse(document.getElementById("charts").textContent);

  function spoken(value, n) {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((each) => spoken(each, n));
    return value.said ? value.said[n] : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spoken(each, n)]));
  }

  return (n) => Object.entries(figures).forEach(([id, figure]) => {
    const { data, layout } = spoken(figure, n);
    Plotly.newPlot(id, data, { ...layout, template }, config);
  });
})();
drawCharts(0);
