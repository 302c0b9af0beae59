// What the pages of the user's own files send, and where they go on. Names become part of a path only as encoded text.
import {made, say} from "../dom.js";

// comes to {ok, said, …}; said says why where nothing was done. stopped: what is said where nobody answers
export const send = (path, body, stopped, type = "application/json") =>
    heard(fetch(path, {method: "POST", headers: {"Content-Type": type}, body}), stopped);

export const got = (path, stopped) => heard(fetch(path), stopped);

async function heard(asked, stopped) {
    try {
        const reply = await asked;
        const json = (reply.headers.get("Content-Type") || "").startsWith("application/json");
        if (json) return await reply.json();
        return {ok: false, said: (await reply.text()).trim().split("\n")};
    } catch (gone) {
        return {ok: false, said: [stopped]};
    }
}

export const asked = (path, body, stopped) => send(path, JSON.stringify(body), stopped);

export const way = (place, parts) => place + parts.map(part => encodeURIComponent(part) + "/").join("");

// goes on at once, or says what is to be said first, with a link
export function goOn(place, {said, to}, id, words) {
    const path = way(place, to);
    if (!said.length) return void window.location.assign(path);
    say(id, said);
    const line = made("p");
    line.append(made("a", words, {href: path}));
    document.getElementById(id).append(line);
    line.firstChild.focus();
}
