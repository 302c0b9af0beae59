// Any table of rates, judged; one that backs is taken over as a round with a reason.
import {handed, once} from "../buttons.js";
import {at, made, say} from "../dom.js";
import {showDoubts} from "./doubts.js";
import {Dropped} from "./dropping.js";
import {remember} from "../remembering.js";
import {answered, sent, settings, standing} from "./plan.js";
import {paragraphs, statements, table} from "../tables.js";

const dropped = new Dropped("table", judge, refused);
const question = more => dropped.form({settings: settings(), ...more});
let last = 0;

async function judge() {
    const mine = ++last;
    say("verdict", [at("verdict").dataset.waiting]);
    say("trouble", []);
    say("taken", []);
    at("found").hidden = true;
    const answer = await answered(await sent("table", question()));
    if (mine === last) show(answer);
}

function refused(said) {
    last += 1;
    show({ok: false, trouble: said});
}

function show(answer) {
    at("verdict").replaceChildren();
    say("taken", []);
    say("trouble", answer.ok ? [] : answer.trouble);
    showDoubts(answer.questions || [], (id, reason) => dropped.accept(id, reason));
    at("mark").hidden = answer.ok || !answer.marked;
    at("found").hidden = !answer.ok;
    if (!answer.ok) return;
    at("verdict").append(made("p", answer.verdict, {className: "verdict " + answer.backed}));
    at("said").replaceChildren(...statements(answer.said));
    at("notices").replaceChildren(...paragraphs(answer.notices));
    at("notices-title").hidden = !answer.notices.length;
    at("grid").replaceChildren(table(answer.table));
    at("taking").hidden = !answer.passed;
    at("not-taking").hidden = answer.passed;
    at("refusal").textContent = answer.refusal;
}

once("mark", "trouble", async () => {
    const lines = [...at("trouble").children].map(line => line.textContent);
    const reply = await sent("marked", question());
    return (await handed(reply)) ? lines : (await answered(reply)).trouble;
});

once("take", "taken", async () => {
    const answer = await answered(await sent("round", question({reason: at("reason").value, who: at("who").value})));
    return answer.ok ? answer.said : answer.trouble;
});
remember("who", () => window.localStorage, "allocator who");
standing();
