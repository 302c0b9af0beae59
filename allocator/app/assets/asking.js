// At most one question for an answer is under way, always with the newest settings: what was overtaken is never asked.

const SLOW = 4000, AGAIN = 2000; // milliseconds after which a wait is said, and a lost question asked again
let busy = false, overtaken = false, unheard = false, since = 0, running = Promise.resolve();

// the program is told which scenario this page holds: it may have another one open by now
const {scenario} = JSON.parse(document.querySelector("main").dataset.held);
export const held = {"Allocator-Scenario": scenario};
const headers = {"Content-Type": "application/json", ...held};

export const sent = (path, body) => fetch(path, {method: "POST", headers, body: JSON.stringify(body)});

// a button that gets no reply says that the program has stopped
export async function post(path, body) {
    const reply = await sent(path, body).catch(() => null);
    document.body.classList.toggle("stopped", !reply);
    return reply;
}

// what a reply says; a refusal, which is plain text, says why
export async function heard(reply) {
    if ((reply.headers.get("Content-Type") || "").startsWith("application/json")) return reply.json();
    const lines = (await reply.text()).trim().split("\n");
    return {ok: false, said: lines, trouble: lines, settings: null};
}

// question() comes to what is to be asked now; tell(answer, asked) hears every answer, with the question that it answers
export function ask(question, tell) {
    overtaken = true;
    if (!busy) running = run(question, tell);
}

const pause = time => new Promise(done => setTimeout(done, time));

// comes to true when no question is under way any more, to false when nobody answers the one that is
export async function quiet() {
    for (;;) {
        const now = running;
        if (await Promise.race([now.then(() => true), pause(250).then(() => false)])) return true;
        if (unheard) return false;
    }
}

async function run(question, tell) {
    busy = true;
    try {
        while (overtaken) {
            overtaken = false;
            since = Date.now();
            tell(...await answered(question));
            document.body.classList.remove("stopped");
        }
    } finally {
        busy = false;
    }
}

async function answered(question) {
    for (;;) {
        try {
            const asked = await question();
            const answer = await heard(await sent("answer", asked));
            unheard = false;
            return [answer, asked];
        } catch (stopped) {
            unheard = true;
            await pause(AGAIN);
        }
    }
}

window.setInterval(() => {
    document.body.classList.toggle("lost", busy && Date.now() - since > SLOW);
}, 500);
