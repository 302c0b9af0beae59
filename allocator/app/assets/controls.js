// The controls: what is moved or typed is heard as settings, and settings are shown on them. A slider knows only its own
// steps, so that the settings are kept apart from them.
import {at, copy, made, say} from "./dom.js";

const sliders = [...document.querySelectorAll("#controls input[type=range]")];
const boxes = [...document.querySelectorAll("#rules input")];

const switches = [...document.querySelectorAll("#controls input[data-on]")];
const choices = [...document.querySelectorAll("#controls select[data-name]")];

// where the settings have the value of a slider, and under what name
function place(settings, {name, criterion, indicator}) {
    if (indicator !== undefined) return [settings.within[criterion], indicator];
    return criterion === undefined ? [settings, name] : [settings.weights, criterion];
}

// the criterion or criterion.indicator of a slider, empty where it is no weight
const weight = ({criterion = "", indicator}) => (indicator === undefined ? criterion : criterion + "." + indicator);

const typed = slider => at(slider.id + ".typed");

// hears: {settings() gives the settings now, heard(settings, weight, gesture) hears them after every move, with the
// weight that was moved, rest() that a gesture has ended, judge(control, text) gives {value, said}, value null where
// a text cannot be taken}
export function listen(hears) {
    for (const slider of sliders) {
        const set = (value, gesture) => {
            const now = copy(hears.settings()), [among, key] = place(now, slider.dataset);
            among[key] = value;
            hears.heard(now, weight(slider.dataset), gesture);
        };
        slider.addEventListener("input", () => set(Number(slider.value), slider.id));
        slider.addEventListener("change", hears.rest);
        const field = typed(slider);
        field.addEventListener("change", () => take(field, slider.id, hears.judge, set));
        field.addEventListener("keydown", event => event.key === "Escape" && showTyped(field, field.shown));
    }
    for (const choice of choices) {
        choice.addEventListener("change", () => {
            hears.heard({...hears.settings(), [choice.dataset.name]: choice.value}, "");
        });
    }
    for (const each of switches) {
        each.addEventListener("change", () => {
            hears.heard({...hears.settings(), [each.dataset.name]: each.checked ? each.dataset.on : each.dataset.off}, "");
        });
    }
    for (const box of boxes) {
        box.addEventListener("change", () => {
            hears.heard({...hears.settings(), off: boxes.filter(each => !each.checked).map(each => each.value)}, "");
        });
    }
}

// what was typed becomes a setting, or what is wrong with it is said below and nothing else stops
async function take(field, control, judge, set) {
    const text = field.value, {value, said} = await judge(control, text);
    if (field.value !== text) return;
    if (value === null) return void object(field, control, said);
    showTyped(field, String(value));
    set(value);
}

function object(field, control, said) {
    field.ariaInvalid = String(said.length > 0);
    say(control + ".said", said);
}

function showTyped(field, text) {
    field.value = field.shown = text;
    object(field, field.id.replace(/\.typed$/, ""), []);
}

export function show(settings) {
    for (const slider of sliders) {
        const [among, key] = place(settings, slider.dataset), value = among[key];
        if (value === null) continue;
        if (value < Number(slider.min)) slider.min = value;
        if (value > Number(slider.max)) slider.max = value;
        slider.value = value;
        const field = typed(slider), text = String(value);
        const touched = field.shown !== undefined && field.value !== field.shown; // being typed, or objected to
        if (!touched || (text !== field.shown && field !== document.activeElement)) showTyped(field, text);
    }
    for (const choice of choices) choice.value = settings[choice.dataset.name];
    for (const each of switches) each.checked = settings[each.dataset.name] === each.dataset.on;
    for (const box of boxes) box.checked = !settings.off.includes(box.value);
}

// fixed: region -> what its button says; released(region) hears the button
export function showFixed(fixed, released) {
    const buttons = Object.entries(fixed).map(([region, text]) => {
        const button = made("button", text, {type: "button", className: "release"});
        button.addEventListener("click", () => released(region));
        return button;
    });
    at("fixed").replaceChildren(...buttons);
}
