// The scenarios of the user's on the start page: renamed and removed, each asked first.
import {at, made, say} from "../dom.js";
import {asked} from "./sending.js";

const section = at("mine"), words = section.dataset;

// two buttons stand in place of the others until one of them is pressed; sure() comes to whether it was done
function ask(line, hint, word, field, sure) {
    const group = line.querySelector(".buttons"), before = [...group.children];
    const back = () => {
        group.replaceChildren(...before);
        before[0].focus();
    };
    const leave = made("button", words.leave, {type: "button"}), go = made("button", word, {type: "button"});
    leave.addEventListener("click", back);
    let busy = false;
    const act = async () => {
        if (busy) return;
        busy = true;
        await sure();
        busy = false;
    };
    go.addEventListener("click", act);
    if (field) field.addEventListener("keydown", event => event.key === "Enter" && act());
    group.replaceChildren(...(field ? [field] : []), go, leave, made("span", hint, {className: "hint"}));
    (field || leave).focus();
}

const told = (line, path, body) => asked(`${words.place}${encodeURIComponent(line.dataset.name)}/${path}`, body, words.stopped);

function rename(line) {
    const field = made("input", "", {type: "text", maxLength: 60, value: line.dataset.name, ariaLabel: words.to});
    ask(line, words.renameHint, words.rename, field, async () => {
        const answer = await told(line, "rename", {name: field.value});
        if (answer.ok) window.location.reload();
        else say("work-said", answer.said);
    });
}

function remove(line) {
    ask(line, words.removeHint, words.remove, null, async () => {
        const answer = await told(line, "remove", {removed: true});
        say("work-said", answer.said);
        if (answer.ok) line.remove();
    });
}

for (const button of section.querySelectorAll("[data-do]")) {
    const work = {rename, remove}[button.dataset.do];
    button.addEventListener("click", () => work(button.closest("li")));
}
