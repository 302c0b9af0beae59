// Where the reason is written why a figure is right that was asked about.
import {made} from "../dom.js";

// typed: what stands there already; give(reason) hears it
export function reasonBox(question, {reason, accept}, typed, give) {
    const box = made("div", "", {className: "reason"}), label = made("label", reason);
    const input = made("input", "", {type: "text", maxLength: 1000, name: question, value: typed});
    const button = made("button", accept, {type: "button"});
    button.addEventListener("click", () => give(input.value));
    input.addEventListener("keydown", event => event.key === "Enter" && give(input.value));
    label.append(" ", input);
    box.append(label, button);
    return box;
}
