// The answer, written cell by cell: nothing is built anew without need.
import {at, made, write} from "./dom.js";
import * as map from "./map.js";
import {draw} from "./plots.js";
import * as targets from "./targets.js";

const plot = at("chart").firstElementChild;

// looks: the options and the template of all charts
export function show(answer, looks) {
    if (answer.ok) {
        write(at("sums"), answer.sums);
        showVerdict(answer);
        showSides(answer.sides);
        showTable(answer.table);
        draw(plot, answer.chart, looks);
        targets.show(answer.targets, looks);
        if (map.shown()) map.show(answer.map, looks);
    }
    at("trouble").replaceChildren(...(answer.trouble || []).map(line => made("p", line)));
    at("verdict").hidden = !answer.ok; // of what is not answered nothing is said to pass
    at("answer").className = answer.ok ? "" : "stale";
}

function showVerdict({verdict, backed}) {
    const said = at("verdict").querySelector("p");
    if (said) write(said, verdict);
    else at("verdict").replaceChildren(made("p", verdict));
    at("verdict").firstChild.className = "verdict " + backed;
}

function showSides(sides) {
    const boxes = sides.map(side => {
        const box = made("div");
        box.append(made("h2", side.title), made("p", side.verdict), made("p", side.settings));
        return box;
    });
    const both = made("div", "", {className: "sides"});
    both.append(...boxes);
    at("sides").replaceChildren(...(boxes.length ? [both] : []));
}

function row(cells, scopes) {
    const line = made("tr");
    line.append(...cells.map((text, n) => made(scopes[n] ? "th" : "td", text, scopes[n] ? {scope: scopes[n]} : {})));
    return line;
}

// the same columns and regions as before: only what differs is written
function showTable({caption, head, rows, foot}) {
    const names = rows.map(({name, mark}) => name + "\n" + mark), shape = JSON.stringify([head, names]);
    const lines = [...rows, foot].map(({name, cells}) => [name, ...cells]);
    const old = at("table").querySelector("table");
    if (old && old.shape === shape) {
        const written = [...old.tBodies[0].rows, ...old.tFoot.rows];
        lines.forEach((cells, n) => cells.forEach((text, k) => k && write(written[n].cells[k], text)));
        return;
    }
    const table = made("table", "", {shape});
    table.createCaption().textContent = caption;
    table.createTHead().append(row(head, head.map(() => "col")));
    table.createTBody().append(...lines.slice(0, -1).map(cells => row(cells, ["row"])));
    rows.forEach(({mark}, n) => mark && table.tBodies[0].rows[n].cells[0].append(made("span", mark, {className: "mark"})));
    table.createTFoot().append(row(lines[lines.length - 1], ["row"]));
    at("table").replaceChildren(table);
}
