// What check says: errors and open questions above the sheets, each leading to its cell; a question takes its reason.
import {at, made} from "../dom.js";

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
    if (one.asked) line.append(answer(one.asked, words, hears, typed));
    return line;
}

function answer(question, words, hears, typed) {
    const box = made("div", "", {className: "reason"}), label = made("label", words.reason);
    const input = made("input", "", {type: "text", maxLength: 1000, name: question, value: typed[question] || ""});
    const button = made("button", words.accept, {type: "button"});
    const give = () => hears.accept(question, input.value);
    button.addEventListener("click", give);
    input.addEventListener("keydown", event => event.key === "Enter" && give());
    label.append(" ", input);
    box.append(label, button);
    return box;
}
