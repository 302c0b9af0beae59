// Charts with the tables that say the same.
import {made} from "../dom.js";
import * as plots from "../plots.js";
import {table} from "../tables.js";
import {held} from "./plan.js";

export function draw(place, figure) {
    place.style.height = plots.highOf(figure.layout);
    return plots.draw(place, figure, held.looks);
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
