// What is typed into a field and kept by the browser: who is at work for all windows, a reason being written for one.
import {at} from "./dom.js";

export function remember(id, store, name) {
    const field = at(id);
    try {
        const kept = store().getItem(name);
        if (kept !== null) field.value = kept;
        field.addEventListener("input", () => store().setItem(name, field.value));
    } catch (refused) {
        // a browser that keeps nothing begins anew
    }
}
