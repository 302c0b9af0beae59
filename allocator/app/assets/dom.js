// The few words in which the page is written. What is written is text, so that names stay names.

export const at = id => document.getElementById(id);

// of plain values; browsers in offices may be too old for structuredClone
export const copy = value => JSON.parse(JSON.stringify(value));

export function made(tag, text = "", attributes = {}) {
    const element = document.createElement(tag);
    element.textContent = text;
    return Object.assign(element, attributes);
}

export function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

export const say = (id, lines) => at(id).replaceChildren(...lines.map(line => made("p", line)));
