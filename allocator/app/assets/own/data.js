// The data of a scenario, cell by cell: what is typed is kept in the workbook and checked again, and shown at its cell.
import {once} from "../buttons.js";
import {at, made, say, write} from "../dom.js";
import {showFindings} from "./findings.js";
import {focusCell, Grids} from "./grid.js";
import {dropping} from "../files/dropping.js";
import {tooLarge} from "../files/large.js";
import {asked, goOn, got, send} from "./sending.js";

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

// a map is put beside the workbook and named in it, in its turn among the other changes
function takeMap(file) {
    const large = tooLarge(file, at("map-drop").dataset);
    say("map-said", []);
    if (large) return void say("map-wrong", [large]);
    say("map-wrong", []);
    say("map-said", [at("map-file").dataset.waiting]);
    turn = turn.then(async () => {
        const digest = page.books[page.own], about = new URLSearchParams({name: file.name, digest, first});
        const answer = await send("map?" + about, file, words.stopped, "application/octet-stream");
        say("map-said", answer.ok ? answer.said : []);
        say("map-wrong", answer.ok ? [] : answer.said);
        at("map-file").value = "";
        if (!answer.ok) return;
        first = false;
        show(answer.page);
    });
}

if (at("map-drop")) dropping(at("map-drop"), at("map-file"), takeMap);

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
