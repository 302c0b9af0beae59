// The start page: a file that is dropped or chosen is taken in; another folder is used.
import {once} from "../buttons.js";
import {at, made, say} from "../dom.js";
import {dropping} from "../files/dropping.js";
import {tooLarge} from "../files/large.js";
import {asked, goOn, send} from "./sending.js";

const section = at("begin").closest("section"), {place, stopped} = section.dataset;
const drop = at("drop"), input = at("file");
let busy = false;

// into: the scenario whose place a workbook takes, empty for a new one; undefined where nobody has said yet
async function take(file, into) {
    if (!file || busy) return;
    const large = tooLarge(file, section.dataset);
    if (large) return void say("file-said", [large]);
    busy = true;
    say("file-said", [input.dataset.waiting]);
    const chosen = into === undefined ? "" : "&into=" + encodeURIComponent(into);
    const path = place + "upload?name=" + encodeURIComponent(file.name) + chosen;
    const answer = await send(path, file, stopped, "application/octet-stream");
    busy = false;
    input.value = "";
    if (answer.ok) goOn(place, answer, "file-said", input.dataset.on);
    else say("file-said", answer.said);
    if (answer.choices) choose(file, answer.choices);
}

function choose(file, choices) {
    const lines = choices.map(({into, say: text, hint}) => {
        const line = made("p", "", {className: "choosing"}), button = made("button", text, {type: "button"});
        button.addEventListener("click", () => take(file, into));
        line.append(button, " ", made("span", hint, {className: "hint"}));
        return line;
    });
    at("file-said").append(...lines);
    lines[0].firstChild.focus();
}

dropping(drop, input, file => take(file));

once("folder-change", "folder-said", async () => {
    const answer = await asked(place + "folder", {folder: at("folder").value}, stopped);
    if (answer.ok) window.location.reload();
    return answer.said;
});
