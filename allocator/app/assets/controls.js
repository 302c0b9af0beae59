// The controls: what is moved is heard as settings, and settings are shown on them. A slider knows only its own steps,
// so that the settings are kept apart from them.
import {at, made} from "./dom.js";

const sliders = [...document.querySelectorAll("#controls input[type=range]")];
const boxes = [...document.querySelectorAll("#rules input")];

// where the settings have the value of a slider, and under what name
function place(settings, {name, criterion, indicator}) {
    if (indicator !== undefined) return [settings.within[criterion], indicator];
    return criterion === undefined ? [settings, name] : [settings.weights, criterion];
}

// the criterion or criterion.indicator of a slider, empty where it is no weight
const weight = ({criterion = "", indicator}) => (indicator === undefined ? criterion : criterion + "." + indicator);

const reading = slider => slider.parentElement.querySelector(".reading");

// heard(settings, weight) hears the settings after every move, and which weight was moved
export function listen(settings, heard) {
    for (const slider of sliders) {
        slider.addEventListener("input", () => {
            const now = structuredClone(settings()), [among, key] = place(now, slider.dataset);
            among[key] = Number(slider.value);
            heard(now, weight(slider.dataset));
        });
    }
    for (const box of boxes) {
        box.addEventListener("change", () => {
            heard({...settings(), off: boxes.filter(each => !each.checked).map(each => each.value)}, "");
        });
    }
}

export function show(settings) {
    for (const slider of sliders) {
        const [among, key] = place(settings, slider.dataset), value = among[key];
        if (value === null) continue;
        slider.value = value;
        reading(slider).textContent = String(value);
    }
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
