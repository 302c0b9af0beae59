// What check says: errors and open questions above the sheets, each leading to its cell; a question takes its reason.
import {at, made} from "../dom.js";
import {reasonBox} from "../doubts/reason.js";

const MOST = 60;

// hears: {go(mark) leads to the cell of a mark, accept(question, reason) hears why a figure is right}
export function showFindings(page, words, hears) {
    const all = [...page.marks, ...page.said], typed = reasons();
    const stopping = all.filter(one => one.kind !== "notice"), notices = all.filter(one => one.kind === "notice");
    const lines = stopping.slice(0, MOST).map(one => finding(one, words, hears, typed));
    const left = stopping.length - MOST;
    if (left > 0) lines.push(made("li", words.more.replace("{count}", left)));
    at("findings").replaceChildren(...lines);
    at("found").hidden = !stopping.length;
    at("notices").replaceChildren(...notices.slice(0, MOST).map(one => finding(one, words, hears, typed)));
    at("told").hidden = !notices.length;
}

// reasons that are being typed outlive a new list
function reasons() {
    return Object.fromEntries([...document.querySelectorAll("#findings input")].map(one => [one.name, one.value]));
}

function finding(one, words, hears, typed) {
    const line = made("li", "", {className: one.kind}), text = made("p");
    if (one.cell) {
        const link = made("button", one.sheet + " " + one.cell, {type: "button", className: "cell"});
        link.addEventListener("click", () => hears.go(one));
        text.append(link, " ");
    }
    text.append(one.said);
    line.append(text);
    const {asked} = one;
    if (asked) line.append(reasonBox(asked, words, typed[asked] || "", reason => hears.accept(asked, reason)));
    return line;
}
