// The official table: one file a button, or all chosen formats together.
import {handed, once} from "../buttons.js";
import {at, say} from "../dom.js";
import {answered, asked, settings, standing, stands} from "./plan.js";

const ticked = place => [...document.querySelectorAll(`#${place} input:checked`)].map(box => box.value);

const profile = () => document.querySelector("[name=profile]:checked").value;

// The columns of another profile are those that it has where nobody chooses.
for (const choice of document.querySelectorAll("[name=profile]")) {
    choice.addEventListener("change", () => {
        for (const box of document.querySelectorAll("#columns input")) {
            box.checked = profile() === "full" || "circular" in box.dataset;
        }
    });
}

// what is said at the head of the page is said of the plan that is chosen; comes to what has changed since it was kept
async function chosen() {
    const number = at("round").value;
    if (!number) {
        say("since", []);
        await standing();
        return [];
    }
    const answer = await answered(await asked("round", {round: Number(number)}));
    if (at("round").value === number) {
        stands(answer);
        say("since", answer.since || []);
    }
    return answer.since || [];
}

// what is made of the plan that is chosen; comes to what is said at a place
async function made(question, place, more) {
    const shown = at("round").value, language = document.querySelector("[name=language]:checked").value;
    const of = {settings: shown ? null : settings(), round: shown ? Number(shown) : null, language};
    const reply = await asked(question, {...of, ...more});
    if (await handed(reply)) {
        const lacking = reply.headers.has("X-Without-Sweep") ? [at(place).dataset.lacking] : [];
        return [at(place).dataset.done, ...lacking, ...(shown ? await chosen() : [])];
    }
    return (await answered(reply)).trouble;
}

function publish(formats) {
    const boxes = document.querySelector("#columns input");
    return made("files", "said", {formats, columns: boxes ? ticked("columns") : null, profile: profile()});
}

for (const button of document.querySelectorAll("[data-paper]")) {
    button.id = "paper-" + button.dataset.paper;
    once(button.id, "papers-said", () => made("papers", "papers-said", {paper: button.dataset.paper}));
}

for (const button of document.querySelectorAll("[data-format]")) {
    button.id = "one-" + button.dataset.format;
    once(button.id, "said", () => publish([button.dataset.format]));
}
once("all", "said", () => publish(ticked("formats")));
at("round").addEventListener("change", chosen);
chosen();
