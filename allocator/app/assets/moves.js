// What was moved, step by step, kept by the browser for this window: a reload and the other language find it again.
// A gesture is one step, however many values a slider passes on its way.
import {carried} from "./carrying.js";

const MOST = 100; // steps that are kept

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Moves {
    #name;
    #held;
    #past = [];
    #future = [];
    #gesture = "";

    carried = ""; // what became of steps from before the files changed: all or some of them, empty where there are none

    // held: what the page holds of the scenario, which has no steps yet where the browser keeps none
    constructor(held) {
        this.#name = "allocator " + held.place;
        this.#held = held;
        this.now = {settings: held.settings, moved: "", kept: null};
        try {
            const kept = JSON.parse(window.sessionStorage.getItem(this.#name));
            if (kept) this.#take(kept);
        } catch (refused) {
            // a browser that keeps nothing has no steps of before
        }
    }

    #take(kept) {
        let lost = false;
        const anew = settings => {
            const found = carried(settings, kept.own, this.#held.settings, this.#held);
            lost ||= found.lost;
            return found.settings;
        };
        const step = ({settings, kept: a}) => ({settings: anew(settings), moved: "", kept: a && (a.round ? a : anew(a))});
        const found = [kept.past, kept.now, kept.future];
        if (kept.scenario === this.#held.scenario) return void ([this.#past, this.now, this.#future] = found);
        const [past, now, future] = [kept.past.map(step), step(kept.now), kept.future.map(step)];
        [this.#past, this.now, this.#future] = [past, now, future];
        if (past.length || future.length) this.carried = lost ? "some" : "all";
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
            const {scenario, settings: own} = this.#held;
            const kept = {scenario, own, past: this.#past, now: this.now, future: this.#future};
            window.sessionStorage.setItem(this.#name, JSON.stringify(kept));
        } catch (full) {
            // the page goes on; a reload begins anew
        }
    }
}
