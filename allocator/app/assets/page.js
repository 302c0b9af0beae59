// The page: what is moved is asked for, and what is answered is shown. The program keeps nothing of it, this window does.
import * as answers from "./answer.js";
import {ask, heard, post, quiet, sent} from "./asking.js";
import {handed, once, told} from "./buttons.js";
import * as controls from "./controls.js";
import {at, copy, say} from "./dom.js";
import * as map from "./map.js";
import {Moves} from "./moves.js";
import * as rounds from "./rounds.js";

const held = JSON.parse(document.querySelector("main").dataset.held);
const moves = new Moves(held);
let answered = null, rates = {}, judging = Promise.resolve();
const a = {key: "", said: null}; // the answer kept as A, in the words of this page

// ---- moves

function renew() {
    controls.show(moves.now.settings);
    at("undo").ariaDisabled = String(!moves.undoes);
    at("redo").ariaDisabled = String(!moves.redoes);
    at("drop").ariaDisabled = String(!moves.now.kept);
    ask(question, tell);
}

function change(now, gesture) {
    if (moves.move(now, gesture)) renew();
}

const set = (settings, moved, gesture) => change({...moves.now, settings, moved: moved || moves.now.moved}, gesture);
const fixes = now => set({...moves.now.settings, fixes: now});

function undo() {
    if (!moves.undoes) return;
    moves.undo();
    renew();
}

function redo() {
    if (!moves.redoes) return;
    moves.redo();
    renew();
}

// ---- questions and answers

async function question() {
    const {settings, moved, kept} = copy(moves.now);
    return {settings, moved, kept: kept && await inWords(kept), map: map.shown()};
}

// A is kept as its settings, or as the round that it is; after a reload or in the other language the program says it anew
async function inWords(kept) {
    const key = JSON.stringify(kept);
    if (a.key !== key) {
        const said = kept.round ? await rounds.asA(kept) : await answerTo(kept);
        if (!said) return null;
        remember(key, said);
    }
    return a.said;
}

async function answerTo(settings) {
    const answer = await heard(await sent("answer", {settings}));
    return answer.ok ? answer.kept : null;
}

const remember = (key, said) => Object.assign(a, {key, said});

function tell(answer, asked) {
    answers.show(answer, held.looks);
    if (answer.ok) rates = answer.kept.rates;
    answered = answer;
    if (!answer.settings) return;
    controls.showFixed(answer.fixed, region => {
        const {[region]: released, ...left} = moves.now.settings.fixes;
        fixes(left);
    });
    settle(answer.settings, asked.settings);
}

// weights that the program moved move on the page, unless a hand has moved them since
function settle(now, before) {
    const settings = copy(moves.now.settings);
    const parts = [[settings.weights, before.weights, now.weights]];
    for (const key of Object.keys(now.within)) parts.push([settings.within[key], before.within[key], now.within[key]]);
    for (const [shares, asked, balanced] of parts) {
        for (const key of Object.keys(balanced)) if (shares[key] === asked[key]) shares[key] = balanced[key];
    }
    moves.amend(settings);
    controls.show(settings);
}

async function judge(control, text) {
    const reply = await post("typed", {control, text});
    return reply && reply.ok ? reply.json() : {value: null, said: await told(reply)};
}

// ---- buttons

const press = (id, done) => at(id).addEventListener("click", done);
const shown = () => ({settings: answered && answered.ok ? answered.settings : null});

// what was moved or typed last is answered first; comes to whether it is
async function settled() {
    await judging;
    return quiet();
}

// a region that is chosen brings the rate it has now
at("city").addEventListener("change", () => {
    say("fix-said", []);
    const rate = rates[at("city").value];
    if (rate !== undefined) at("rate").value = Number((rate * 100).toFixed(4));
});

// the program judges the rate before it is among the settings: a wrong one stops nothing else
press("fix", async () => {
    const region = at("city").value;
    const reply = await post("fix", {settings: moves.now.settings, region, rate: at("rate").value});
    const {ok, said, rate} = reply ? await heard(reply) : {said: []};
    say("fix-said", said);
    if (ok) fixes({...moves.now.settings.fixes, [region]: rate});
});

once("save", "saved", async () => {
    if (!rounds.reasoned()) return [];
    return (await settled()) ? rounds.keep(shown()) : rounds.unkept();
});

once("download", "saved", async () => {
    if (!(await settled())) return told(null);
    const reply = await post("workbook", shown());
    return (await handed(reply)) ? [] : told(reply);
});

press("keep", () => {
    if (!answered || !answered.ok) return;
    remember(JSON.stringify(answered.settings), answered.kept);
    change({...moves.now, kept: answered.settings});
});
press("drop", () => moves.now.kept && change({...moves.now, kept: null}));
press("reset", () => set(held.settings));
press("undo", undo);
press("redo", redo);

// in a field that takes text the browser undoes what was typed
document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches(".typed, #rate, #who, #why")) return;
    const key = event.key.toLowerCase(), again = key === "y" || (key === "z" && event.shiftKey);
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (again) redo();
    else undo();
});

controls.listen({
    settings: () => moves.now.settings, heard: set, rest: () => moves.rest(),
    judge: (control, text) => {
        const judged = judge(control, text);
        judging = Promise.all([judging, judged]);
        return judged;
    },
});
map.listen(`allocator ${held.place} map`, () => ask(question, tell));
if (moves.carried) say("carried", [at("carried").dataset[moves.carried]]);
renew();
rounds.listen({
    place: held.place,
    open: settings => set(settings),
    compare(kept, said) {
        remember(JSON.stringify(kept), said);
        change({...moves.now, kept});
    },
    gone: kept => JSON.stringify(moves.now.kept) === JSON.stringify(kept) && change({...moves.now, kept: null}),
});
