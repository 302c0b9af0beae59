// The target by every method: a picture with a line a city, rates and figures as tables.
import {handed, once} from "../buttons.js";
import {at, made, say, write} from "../dom.js";
import {remember} from "../remembering.js";
import {paragraphs, table} from "../tables.js";
import {answered, asked, settings, standing} from "./plan.js";

const SVG = "http://www.w3.org/2000/svg";
const RIGHT = 22, ROW = 36, TOP = 20; // of the picture, pixels where the window stays as it is
const SMALL = {wide: 340, left: 130, letters: 20}, LARGE = {wide: 720, left: 200, letters: 30};
let cities = [], looks = SMALL;

function drawn(tag, attributes, text = "") {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.textContent = text;
    return element;
}

const along = part => Math.round((looks.left + part * (looks.wide - looks.left - RIGHT)) * 10) / 10;
const down = n => TOP + ROW * (n + 0.6);

// a name as lines, a Chinese character as wide as two letters
function broken(name) {
    const gap = name.includes(" ") ? " " : "", lines = [];
    const wide = text => [...text].reduce((sum, one) => sum + (one > "\u2e7f" ? 2 : 1), 0);
    let line = "";
    for (const part of gap ? name.split(" ") : [...name]) {
        const longer = line ? line + gap + part : part;
        if (line && wide(longer) > looks.letters) lines.push(line);
        line = line && wide(longer) > looks.letters ? part : longer;
    }
    return [...lines, line];
}

function named(name, n) {
    const lines = broken(name), text = drawn("text", {class: "method", x: looks.left - 12, y: down(n) + 4 - 6 * (lines.length - 1)});
    lines.forEach((line, k) => text.append(drawn("tspan", {x: looks.left - 12, dy: k ? 13 : 0}, line)));
    return text;
}

function lined({at: places, texts}, n) {
    const line = drawn("g", {class: "city"});
    line.dataset.city = n;
    line.append(drawn("polyline", {points: places.map((part, k) => `${along(part)},${down(k)}`).join(" ")}));
    places.forEach((part, k) => {
        line.append(drawn("circle", {cx: along(part), cy: down(k), r: 3}));
        line.append(drawn("text", {x: along(part), y: down(k) - 7}, texts[k]));
    });
    return line;
}

function picture({methods, cities: all, ticks, first}) {
    looks = at("picture").clientWidth < 600 ? SMALL : LARGE;
    const high = down(methods.length - 0.5) + 4;
    const whole = drawn("svg", {viewBox: `0 0 ${looks.wide} ${high}`, "aria-hidden": "true"});
    whole.style.maxWidth = `${looks.wide * 1.2}px`;
    for (const [part, text] of ticks) {
        whole.append(drawn("line", {class: "tick", x1: along(part), x2: along(part), y1: TOP, y2: high}));
        whole.append(drawn("text", {class: "tick", x: along(part), y: TOP - 7}, `${text}%`));
    }
    whole.append(...methods.map(named), ...all.map(lined));
    at("picture").replaceChildren(whole);
    cities = all;
    at("choose").replaceChildren(...all.map(({name}, n) => made("option", name, {value: String(n)})));
    at("choose").value = String(first);
    choose();
}

function choose() {
    const chosen = at("choose").value;
    write(at("city-text"), cities[chosen].said);
    for (const line of document.querySelectorAll("#picture .city")) {
        line.classList.toggle("chosen", line.dataset.city === chosen);
        if (line.dataset.city === chosen) line.parentNode.append(line); // above the others
    }
    for (const row of document.querySelectorAll("#rates tbody tr")) row.classList.toggle("chosen", row.dataset.city === chosen);
}

function headed(element, texts) {
    element.replaceChildren();
    element.createTHead().insertRow().append(...texts.map(text => made("th", text, {scope: "col"})));
    return element.createTBody();
}

function rates(heads, rows) {
    const body = headed(at("rates"), [at("rates").dataset.head, ...heads]);
    rows.forEach(([name, cells], n) => {
        const row = body.insertRow();
        row.dataset.city = n;
        row.append(made("th", name, {scope: "row"}), ...cells.map(({text, colour, dark}) => {
            const cell = made("td", text, {className: dark ? "dark" : ""});
            cell.style.background = colour;
            return cell;
        }));
    });
}

function strip({dots, even, said}) {
    const whole = drawn("svg", {width: 120, height: 16, viewBox: "0 0 120 16", role: "img", "aria-label": said});
    whole.append(drawn("line", {class: "axis", x1: 5, x2: 115, y1: 8, y2: 8}));
    whole.append(drawn("line", {class: "even", x1: even, x2: even, y1: 2, y2: 14}));
    whole.append(...dots.map(x => drawn("circle", {cx: x, cy: 8, r: 3.2})));
    const cell = made("td", "", {className: "strip"});
    cell.append(whole);
    return cell;
}

function bar({text, part, less}) {
    const cell = made("td", text, {className: part === null ? "" : less ? "bar less" : "bar"});
    if (part !== null) cell.style.setProperty("--part", part.toFixed(3));
    return cell;
}

function figures(codes, lines) {
    const {head, strip: word} = at("figures").dataset;
    const body = headed(at("figures"), [head, word, ...codes]);
    for (const line of lines) {
        const row = body.insertRow();
        row.append(
            made("th", line.name + line.mark, {scope: "row"}), strip(line.strip), ...line.bars.map(bar),
            ...line.cells.map(text => made("td", text)),
        );
    }
}

async function show() {
    const result = await answered(await asked("result", {settings: settings()}));
    at("waiting").hidden = true;
    if (!result.ok) return say("trouble", result.trouble);
    at("found").hidden = false;
    write(at("headline"), result.headline);
    write(at("lead"), result.lead);
    rates(result.heads, result.rates);
    figures(result.codes, result.lines);
    at("lines").hidden = !result.picture;
    if (result.picture) picture(result.picture);
    at("method").replaceChildren(...result.takes.map(([key, name]) => made("option", name, {value: key})));
    at("meanings").replaceChildren(table(result.meanings));
    at("formulas").replaceChildren(table(result.formulas));
    for (const part of ["said", "absent", "notices"]) at(part).replaceChildren(...paragraphs(result[part]));
    for (const part of ["absent", "notices"]) at(`${part}-title`).hidden = !result[part].length;
}

at("choose").addEventListener("change", choose);
once("zip", "handed", async () => {
    const reply = await asked("files", {settings: settings()});
    return (await handed(reply)) ? [] : (await answered(reply)).trouble;
});
once("take", "taken", async () => {
    const answer = await answered(await asked("round", {settings: settings(), method: at("method").value, who: at("who").value}));
    return answer.ok ? answer.said : answer.trouble;
});
remember("who", () => window.localStorage, "allocator who");
standing();
show();
