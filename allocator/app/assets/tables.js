// Tables, written as text.
import {made} from "./dom.js";

// grid: {caption, head, rows, words: which columns hold words, total: whether the last row is the province's}, and
// bad: positions of rows that something is wrong with
export function table({caption, head, rows, words, total, bad = []}) {
    const element = made("table");
    if (caption) element.createCaption().textContent = caption;
    const line = element.createTHead().insertRow();
    const kind = k => (k > 0 && words && words[k] ? "words" : "");
    line.append(...head.map((text, k) => made("th", text, {scope: "col", className: kind(k)})));
    const body = element.createTBody(), foot = total ? element.createTFoot() : null;
    rows.forEach((cells, n) => {
        const row = (foot && n === rows.length - 1 ? foot : body).insertRow();
        if (bad.includes(n)) row.className = "bad";
        row.append(...cells.map((text, k) => (
            k ? made("td", text, {className: kind(k)}) : made("th", text, {scope: "row"})
        )));
    });
    const around = made("div", "", {className: "scroll", tabIndex: 0, role: "region", ariaLabel: caption || head[0]});
    around.append(element);
    return around;
}

export const paragraphs = lines => lines.map(line => made("p", line));

// lines after an empty one are printed in columns
export function statements(lines) {
    const cut = lines.indexOf(""), said = cut < 0 ? lines : lines.slice(0, cut);
    const columns = cut < 0 ? [] : [made("pre", lines.slice(cut).join("\n").trim(), {tabIndex: 0})];
    return [...paragraphs(said), ...columns];
}
