// Both targets of every region: sentences, the table, the chart, and the report's panel that moves growth.
import {at, say} from "./dom.js";
import {draw, highOf} from "./plots.js";
import {table} from "./tables.js";

export function show(targets, looks) {
    const whole = at("targets");
    if (!whole) return;
    whole.hidden = !targets;
    if (!targets) return;
    say("targets-said", targets.said);
    at("targets-table").replaceChildren(table(targets.table));
    const place = at("targets-chart").firstElementChild;
    place.style.height = highOf(targets.chart.layout);
    draw(place, targets.chart, looks);
    at("caps-panel").dataset.texts = JSON.stringify(targets.texts);
    at("caps-data").textContent = JSON.stringify(targets.panel);
    document.dispatchEvent(new Event("shown"));
}
