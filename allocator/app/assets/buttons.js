// Buttons that do one thing at a time and say that they are doing it.
import {at, made, say} from "./dom.js";

// work() comes to the sentences that are said when it is done; pressed again meanwhile, the button does nothing
export function once(id, place, work) {
    const button = at(id);
    button.addEventListener("click", async () => {
        if (button.ariaDisabled === "true") return;
        button.ariaDisabled = "true";
        say(place, [button.dataset.waiting]);
        try {
            say(place, await work());
        } finally {
            button.ariaDisabled = "false";
        }
    });
}

// what a reply says: of a refusal its lines; of none, that the program has stopped
export async function told(reply) {
    if (!reply) return [document.querySelector("[data-stopped]").dataset.stopped];
    const json = (reply.headers.get("Content-Type") || "").startsWith("application/json");
    return json ? (await reply.json()).said : (await reply.text()).trim().split("\n");
}

// a reply that is a file goes to the person's downloads; returns whether it was one
export async function handed(reply) {
    const file = reply && (reply.headers.get("Content-Disposition") || "").match(/filename=(\S+)/);
    if (!file) return false;
    const link = made("a", "", {href: URL.createObjectURL(await reply.blob()), download: file[1]});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    return true;
}
