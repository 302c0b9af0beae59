// The form of a table without a scenario: what is filled in is sent, and what is wrong is said at its field.
import {once} from "../buttons.js";
import {at, made} from "../dom.js";
import {asked, way} from "./sending.js";

const {place, stopped} = at("form").dataset;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function filled() {
    const values = (selector, key) => Object.fromEntries(all(selector).map(one => [one.dataset[key], one.value]));
    const chosen = all(".indicator").filter(one => one.querySelector(".use").checked);
    return {
        settings: values("[data-key]", "key"),
        columns: values("[data-column]", "column"),
        indicators: chosen.map(one => ({
            column: one.dataset.indicator,
            direction: one.querySelector(".direction").value,
            weight: one.querySelector(".weight").value,
        })),
    };
}

// where something is said about a key
function place_of(key) {
    const own = all(".indicator").find(one => "criteria." + one.dataset.indicator === key);
    const parts = key.split(".");
    const above = parts.map((_, n) => at(parts.slice(0, parts.length - n).join(".") + ".said")).find(Boolean);
    return own ? own.querySelector(".said") : above;
}

function object(fields) {
    all(".said", at("form")).forEach(one => one.replaceChildren());
    all("[aria-invalid]").forEach(one => one.removeAttribute("aria-invalid"));
    let first = null;
    for (const [key, text] of fields) {
        const where = place_of(key), field = at(key);
        if (where) where.append(made("p", text));
        if (field && field.dataset.key) field.ariaInvalid = "true";
        first = first || (where && field ? field : where);
    }
    if (first && first.focus) first.focus();
}

if (at("make")) {
    once("make", "made", async () => {
        const answer = await asked("make", filled(), stopped);
        object(answer.fields || []);
        if (answer.ok) window.location.assign(way(place, answer.to));
        return answer.said;
    });
}
