// The map of an answer: the borders are the page's from the start, the answer brings colours, words and the table.
import {at, write} from "./dom.js";
import {draw, highOf} from "./plots.js";
import {table} from "./tables.js";

const frame = at("map"), outlines = frame ? JSON.parse(frame.dataset.outlines) : [];
const place = frame && frame.firstElementChild, chosen = frame && at("map-shown");

// what the map is to show, empty where the scenario has none
export const shown = () => (frame ? chosen.value : "");

// name: under which this window keeps what was chosen; changed() hears another choice
export function listen(name, changed) {
    if (!frame) return;
    try {
        const kept = window.sessionStorage.getItem(name);
        if ([...chosen.options].some(option => option.value === kept)) chosen.value = kept;
    } catch (refused) {
        // the first one is shown
    }
    chosen.addEventListener("change", () => {
        try {
            window.sessionStorage.setItem(name, chosen.value);
        } catch (full) {
            // it is shown all the same
        }
        changed();
    });
}

export function show(map, looks) {
    at("map-figure").hidden = !map;
    if (!map) return;
    const {data, layout} = map.figure;
    data.forEach((trace, n) => n < outlines.length && Object.assign(trace, outlines[n]));
    write(at("map-title"), map.title);
    frame.setAttribute("aria-label", map.title);
    place.style.height = highOf(layout);
    draw(place, {data, layout}, looks);
    const old = at("map-table").querySelector("table"), now = table(map.table);
    if (!old || old.textContent !== now.textContent) at("map-table").replaceChildren(now);
}
