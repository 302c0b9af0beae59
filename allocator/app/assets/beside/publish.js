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

async function publish(formats) {
    const shown = at("round").value, boxes = document.querySelector("#columns input");
    const reply = await asked("files", {
        settings: shown ? null : settings(), round: shown ? Number(shown) : null, formats,
        columns: boxes ? ticked("columns") : null, profile: profile(), language: document.querySelector("[name=language]:checked").value,
    });
    if (await handed(reply)) return [at("said").dataset.done, ...(shown ? await chosen() : [])];
    return (await answered(reply)).trouble;
}

for (const button of document.querySelectorAll("[data-format]")) {
    button.id = "one-" + button.dataset.format;
    once(button.id, "said", () => publish([button.dataset.format]));
}
once("all", "said", () => publish(ticked("formats")));
at("round").addEventListener("change", chosen);
chosen();
