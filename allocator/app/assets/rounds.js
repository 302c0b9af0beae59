// The rounds that are kept: listed, opened, compared with what is shown, taken back.
import {heard, post} from "./asking.js";
import {at, made, say} from "./dom.js";
import {remember} from "./remembering.js";

const words = at("rounds").dataset;
let does = null, answering = Promise.resolve();

// hears: {place is where it is, open(settings) sets the controls, compare(kept) keeps it as A, gone(kept) hears of a round that is none any more}
export function listen(hears) {
    does = hears;
    remember("who", () => window.localStorage, "allocator who");
    remember("why", () => window.sessionStorage, "allocator why " + hears.place);
    window.addEventListener("focus", read);
    read();
}

// a reason is asked before anything is saved; returns whether there is one
export function reasoned() {
    const field = at("why"), given = field.value.trim() !== "";
    field.ariaInvalid = String(!given);
    say("why-said", given ? [] : [field.dataset.needed]);
    if (!given) field.focus();
    return given;
}

// what is said where nobody answers
export const unkept = () => [at("saved").dataset.unsaved];

// what is shown becomes a round; comes to what is said of it
export async function keep(shown) {
    const reply = await post("save", {...shown, who: at("who").value, why: at("why").value});
    if (!reply) return unkept();
    const {ok, said} = await heard(reply);
    if (ok) {
        at("why").value = "";
        at("why").dispatchEvent(new Event("input"));
    }
    await read();
    return said;
}

// what a round says, kept as A: {kept: …}, or null where it is gone
export async function asA({round, plan}) {
    const reply = await post("rounds/compare", {number: round, plan});
    const {ok, kept, said} = reply ? await heard(reply) : {said: []};
    if (!ok) say("rounds-said", said);
    return ok ? kept : null;
}

async function read() {
    const reply = await post("rounds", {kept: "all"});
    if (!reply) return;
    const {ok, said, rounds, back: taken} = await heard(reply);
    if (ok) {
        list(rounds);
        listAside(taken);
    } else say("rounds-said", said);
}

function list(rounds) {
    const body = at("rounds-list").querySelector("tbody"), shape = JSON.stringify(rounds);
    at("rounds-list").hidden = rounds.length === 0;
    at("rounds-place").hidden = rounds.length > 0;
    if (body.shape === shape) return; // what somebody is about to press stays where it is
    body.shape = shape;
    body.replaceChildren(...rounds.map(row));
}

// what was taken back stands below the list, each with a button that makes it a round again
function listAside(rounds) {
    const place = at("rounds-aside"), body = place.querySelector("ul"), shape = JSON.stringify(rounds);
    place.hidden = rounds.length === 0;
    if (body.shape === shape) return;
    body.shape = shape;
    body.replaceChildren(...rounds.map(round => {
        const line = made("li");
        line.append([round.title, round.why, round.when, round.who].join(" · "), " ", button("again", round, again));
        return line;
    }));
}

function row(round) {
    const line = made("tr"), usable = round.trouble.length === 0;
    const why = made("td", "", {className: "long name"}), what = made("td", "", {className: "long"});
    why.append(...(usable ? [round.why] : round.trouble).map(text => made("p", text)));
    line.append(made("th", round.title, {scope: "row"}), why, buttons(round, usable)); // what a narrow screen has room for
    if (usable) {
        what.append(made("p", round.what), made("p", round.verdict));
        if (round.since) what.append(made("p", round.since, {className: "since"}));
        line.append(made("td", round.when), made("td", round.who, {className: "long name"}), what);
    } else line.append(made("td", "", {colSpan: 3}));
    return line;
}

function buttons(round, usable) {
    const cell = made("td"), group = made("div", "", {className: "buttons"});
    if (usable) group.append(button("open", round, open), button("compare", round, compare));
    if (round.last) group.append(button("back", round, () => ask(group, round)));
    cell.append(group);
    return cell;
}

// nothing is taken back at the first press: two buttons stand in place of the others until one of them is pressed
function ask(group, round) {
    const before = [...group.children];
    const leave = button("leave", round, () => {
        group.replaceChildren(...before);
        before[before.length - 1].focus();
    });
    group.replaceChildren(button("sure", round, back), leave);
    leave.focus();
}

// one press at a time, whichever button it is
function button(name, round, work) {
    const label = words.button.replace("{what}", words[name]).replace("{number}", round.number);
    const key = made("button", words[name], {type: "button", ariaLabel: label});
    key.addEventListener("click", () => {
        answering = answering.then(() => work(round)).catch(() => {});
    });
    return key;
}

async function asked(path, {number, plan}) {
    const reply = await post(path, {number, plan});
    const answer = reply ? await heard(reply) : {ok: false, said: []};
    say("rounds-said", answer.said);
    if (!answer.ok) await read();
    return answer;
}

async function open(round) {
    const {ok, settings} = await asked("rounds/open", round);
    if (ok && settings) does.open(settings);
}

async function compare(round) {
    const {ok, kept} = await asked("rounds/compare", round);
    if (ok) does.compare({round: round.number, plan: round.plan}, kept);
}

async function again(round) {
    const {ok} = await asked("rounds/again", round);
    if (ok) await read();
}

async function back(round) {
    const {ok} = await asked("rounds/back", round);
    if (!ok) return;
    does.gone({round: round.number, plan: round.plan});
    await read();
}
