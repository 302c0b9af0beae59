// Charts, drawn by plotly.js, which the program itself serves.
import {made} from "../dom.js";
import {held} from "./plan.js";
import {table} from "./tables.js";

let script = null;

const loaded = () => new Promise(done => {
    const element = made("script", "", {src: document.querySelector("main").dataset.plotly});
    element.addEventListener("load", () => done(window.Plotly));
    document.head.append(element);
});

function plotly() {
    if (!script) script = loaded();
    return script;
}

export async function draw(place, {data, layout}) {
    const {config, template} = held.looks;
    place.style.height = `${layout.height || 430}px`;
    return (await plotly()).react(place, data, {...layout, template}, config);
}

// a chart: {title, alt, figure, tables: [grid], open}; with the folded tables that say the same
export function chart({id, title, alt, figure, tables = []}, words) {
    const around = made("figure", "", {className: "chart"}), place = made("div", "", {id});
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", alt);
    around.append(made("h3", title), place, made("figcaption", alt));
    draw(place, figure);
    if (!tables.length) return around;
    const folded = made("details");
    folded.append(made("summary", words), ...tables.map(table));
    around.append(folded);
    return around;
}
