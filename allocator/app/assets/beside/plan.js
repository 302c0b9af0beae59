// Which plan a page beside the plan is about: what this window has moved on the page of the plan, or the scenario's own.
import {held as headers, post} from "../asking.js";
import {at, write} from "../dom.js";
import {Moves} from "../moves.js";

const main = document.querySelector("main");
export const held = JSON.parse(main.dataset.held);
export const page = window.location.pathname.split("/").pop();

export const settings = () => new Moves(held).now.settings;

// a question of this page; comes to the reply, null where the program has stopped
export const asked = (question, body) => post(`${page}/${question}`, body);

export const answered = async reply => (reply && reply.ok ? reply.json() : {ok: false, trouble: await refusal(reply)});

const refusal = async reply => (reply ? (await reply.text()).trim().split("\n") : [at("plan").dataset.stopped]);

export async function standing() {
    return stands(await answered(await asked("plan", {settings: settings()})));
}

// an answer of the form {ok, verdict, backed, changes} or {ok, trouble}, at the head of the page
export function stands(answer) {
    const lines = answer.ok ? [answer.verdict] : answer.trouble;
    write(at("plan-verdict"), lines.join("\n"));
    at("plan-verdict").className = "verdict " + (answer.ok ? answer.backed : "not_backed");
    write(at("plan-changes"), answer.ok ? answer.changes : "");
    return answer;
}

// a question that a table goes with; form: see Dropped
export async function sent(question, form) {
    const reply = await fetch(`${page}/${question}`, {method: "POST", headers, body: form}).catch(() => null);
    document.body.classList.toggle("stopped", !reply);
    return reply;
}
