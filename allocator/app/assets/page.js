// The page: what is moved is asked for, and what is answered is shown. Nothing of it is kept by the program.
import {ask, post} from "./asking.js";
import * as answers from "./answer.js";
import * as controls from "./controls.js";
import {at, made, say} from "./dom.js";

const held = JSON.parse(document.querySelector("main").dataset.held);
let state = {settings: held.settings, kept: null}, moved = "";
let answered = null, rates = {};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const question = () => ({...state, moved});

function change(now, weight = "") {
    if (same(now, state)) return;
    if (weight) moved = weight;
    state = now;
    controls.show(state.settings);
    ask(question, tell);
}

const set = (settings, weight) => change({...state, settings}, weight);
const fixes = now => set({...state.settings, fixes: now});

function tell(answer, asked) {
    answers.show(answer, held.looks);
    if (answer.ok) rates = answer.kept.rates;
    controls.showFixed(answer.fixed, region => {
        const {[region]: released, ...left} = state.settings.fixes;
        fixes(left);
    });
    if (answer.settings) settle(answer.settings, asked.settings);
    answered = answer;
}

// weights that the program moved move on the page, unless a hand has moved them since
function settle(now, before) {
    const settings = structuredClone(state.settings);
    const parts = [[settings.weights, before.weights, now.weights]];
    for (const key of Object.keys(now.within)) parts.push([settings.within[key], before.within[key], now.within[key]]);
    for (const [shares, asked, balanced] of parts) {
        for (const key of Object.keys(balanced)) if (shares[key] === asked[key]) shares[key] = balanced[key];
    }
    state = {...state, settings};
    controls.show(settings);
}

// ---- buttons

const press = (id, done) => at(id).addEventListener("click", done);
const shown = () => ({settings: answered && answered.ok ? answered.settings : null});
const told = async reply => (reply ? (await reply.json()).said : []);

function hand(content, name) {
    const link = made("a", "", {href: URL.createObjectURL(content), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// a region that is chosen brings the rate it has now
at("city").addEventListener("change", () => {
    say("fix-said", []);
    const rate = rates[at("city").value];
    if (rate !== undefined) at("rate").value = Number((rate * 100).toFixed(4));
});

// the program judges the rate before it is among the settings: a wrong one stops nothing else
press("fix", async () => {
    const region = at("city").value, typed = at("rate").value, rate = typed === "" ? null : Number(typed);
    const reply = await post("fix", {settings: state.settings, region, rate});
    const {ok, said} = reply ? await reply.json() : {said: []};
    say("fix-said", said);
    if (ok) fixes({...state.settings.fixes, [region]: rate});
});

press("save", async () => say("saved", await told(await post("save", shown()))));

press("download", async () => {
    const reply = await post("workbook", shown());
    const file = reply && (reply.headers.get("Content-Disposition") || "").match(/filename=(\S+)/);
    if (file) hand(await reply.blob(), file[1]);
    say("saved", file ? [] : await told(reply));
});

press("keep", () => answered && answered.kept && change({...state, kept: answered.kept}));
press("drop", () => change({...state, kept: null}));
press("reset", () => set(held.settings));

controls.listen(() => state.settings, set);
ask(question, tell);
