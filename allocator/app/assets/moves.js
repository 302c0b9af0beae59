// What was moved, step by step, kept by the browser for this window: a reload and the other language find it again.
// A gesture is one step, however many values a slider passes on its way.

const MOST = 100; // steps that are kept

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Moves {
    #name;
    #past = [];
    #future = [];
    #gesture = "";

    // name: under which the browser keeps it; now: {settings, moved, kept} where nothing is kept yet
    constructor(name, now) {
        this.#name = name;
        this.now = now;
        try {
            const kept = JSON.parse(window.sessionStorage.getItem(name));
            if (kept) [this.#past, this.now, this.#future] = [kept.past, kept.now, kept.future];
        } catch (refused) {
            // a browser that keeps nothing has no steps of before
        }
    }

    // returns whether it is a move at all
    move(next, gesture = "") {
        if (same([next.settings, next.kept], [this.now.settings, this.now.kept])) return false;
        if (!gesture || gesture !== this.#gesture) this.#past = [...this.#past, this.now].slice(-MOST);
        this.#gesture = gesture;
        this.#future = [];
        this.now = next;
        this.#keep();
        return true;
    }

    // the same step in other numbers, as the program has balanced them
    amend(settings) {
        this.now = {...this.now, settings};
        this.#keep();
    }

    rest() {
        this.#gesture = "";
    }

    get undoes() {
        return this.#past.length > 0;
    }

    get redoes() {
        return this.#future.length > 0;
    }

    undo() {
        this.#step(this.#past, this.#future);
    }

    redo() {
        this.#step(this.#future, this.#past);
    }

    #step(from, to) {
        to.push(this.now);
        this.now = from.pop();
        this.rest();
        this.#keep();
    }

    #keep() {
        try {
            const kept = {past: this.#past, now: this.now, future: this.#future};
            window.sessionStorage.setItem(this.#name, JSON.stringify(kept));
        } catch (full) {
            // the page goes on; a reload begins anew
        }
    }
}
