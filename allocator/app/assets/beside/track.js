// The years after the split: a table of actual figures is dropped, lights, charts and tables are shown.
import {handed, once} from "../buttons.js";
import {at, made, say} from "../dom.js";
import {chart} from "./charts.js";
import {showDoubts} from "./doubts.js";
import {Dropped} from "./dropping.js";
import {answered, asked, sent, settings, standing} from "./plan.js";
import {paragraphs, table} from "../tables.js";

const dropped = new Dropped("actuals", track, refused);
// which rates the years are held against: those of the plan, of a kept round, or of a table
function chosen() {
    const option = at("targets").selectedOptions[0], {round} = option.dataset;
    return round ? {targets: "", round: Number(round)} : {targets: option.value, round: null};
}

const question = () => dropped.form({
    settings: settings(), ...chosen(), resplit: at("resplit").checked,
});
let last = 0;

async function track() {
    if (dropped.empty) return;
    const mine = ++last;
    say("waiting", [at("waiting").dataset.waiting]);
    say("trouble", []);
    const answer = await answered(await sent("table", question()));
    if (mine === last) show(answer);
}

function refused(said) {
    last += 1;
    show({ok: false, trouble: said});
}

function show(answer) {
    say("waiting", []);
    say("handed", []);
    say("trouble", answer.ok ? [] : answer.trouble);
    showDoubts(answer.questions || [], (id, reason) => dropped.accept(id, reason));
    at("found").hidden = !answer.ok;
    if (!answer.ok) return;
    at("headline").textContent = answer.headline;
    const kind = {green: "backed", yellow: "yellow", red: "not_backed"}[answer.light];
    const light = made("span", answer.light_name, {className: "light " + answer.light});
    const first = made("p", "", {className: "verdict " + kind});
    first.append(light, " ", answer.reason);
    at("verdict").replaceChildren(first);
    at("said").replaceChildren(...paragraphs(answer.said));
    at("notices").replaceChildren(...paragraphs(answer.notices));
    at("notices-title").hidden = !answer.notices.length;
    at("charts").replaceChildren(...answer.charts.map(one => chart(one)));
    at("tables").replaceChildren(...answer.tables.map(table));
}

for (const [button, path] of [["book", "workbook"], ["zip", "files"]]) {
    once(button, "handed", async () => {
        const reply = await sent(path, question());
        return (await handed(reply)) ? [at("handed").dataset.done] : (await answered(reply)).trouble;
    });
}
once("blank", "blank-said", async () => {
    const reply = await asked("blank", {settings: settings()});
    return (await handed(reply)) ? [] : (await answered(reply)).trouble;
});
for (const control of ["targets", "resplit"]) at(control).addEventListener("change", track);
standing();
