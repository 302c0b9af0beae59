// The data of a scenario, cell by cell: what is typed is kept in the workbook and checked again, and shown at its cell.
import {once} from "../buttons.js";
import {at, made, say, write} from "../dom.js";
import {showFindings} from "./findings.js";
import {focusCell, Grids} from "./grid.js";
import {asked, goOn, got} from "./sending.js";

const main = at("data"), words = main.dataset, editable = words.editable === "true";
let page = null, first = true, turn = Promise.resolve();

const grids = new Grids(at("sheets"), words, editable, (sheet, cell, text) => {
    change("cells", () => ({file: sheet.file, cells: [{sheet: sheet.title, cell, text}], first,
        digest: page.books[sheet.file]}));
});

function show(next) {
    page = next;
    write(at("state"), page.state);
    at("state").className = page.sound ? "sound" : "unsound";
    grids.show(page.sheets, page.marks);
    showFindings(page, words, {go: mark => focusCell(mark), accept});
}

function accept(question, reason) {
    change("accept", () => ({digest: page.books[page.own], asked: question, reason, first}));
}

// one change after the other, each on what the one before has left
function change(path, body) {
    turn = turn.then(async () => {
        say("said", [words.saving]);
        say("wrong", []);
        const answer = await asked(path, body(), words.stopped);
        say("said", answer.ok ? answer.said : []);
        say("wrong", answer.ok ? [] : answer.said);
        if (answer.ok) {
            first = false;
            show(answer.page);
        } else {
            grids.show(page.sheets, page.marks); // what was typed is taken back: it was not kept
        }
    });
}

async function load() {
    const answer = await got("sheets", words.stopped);
    if (answer.ok) return show(answer.page);
    write(at("state"), "");
    say("wrong", answer.said);
}

if (at("copy")) {
    once("copy", "wrong", async () => {
        const answer = await asked("copy", {copied: true}, words.stopped);
        if (answer.ok && answer.to.length) goOn(words.place, answer, "wrong", "");
        return answer.said;
    });
}
load();
