// A table that is dropped or chosen, and the answers to what was asked about it. The window keeps a small one, so that
// a reload and the other language ask again.
import {at, write} from "../dom.js";
import {tooLarge} from "../files/large.js";
import {held} from "./plan.js";

const KEPT = 2000000;

const encoded = file => new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.addEventListener("error", failed);
    reader.readAsDataURL(file);
});

function decoded({name, data}) {
    const bytes = Uint8Array.from(atob(data.slice(data.indexOf(",") + 1)), letter => letter.charCodeAt(0));
    return new File([bytes], name);
}

export class Dropped {
    #id;
    #key;
    #heard;
    #refused;
    #kept = null;
    #accepted = {};
    file = null;
    own = "";

    // heard() is called when there is another table, one of before included; refused(said) where one is not taken, and
    // what was said of another does not hold for it
    constructor(id, heard, refused) {
        this.#id = id;
        this.#heard = heard;
        this.#refused = refused;
        this.#key = `allocator ${held.scenario} ${id}`;
        const place = at(id), chooser = at(id + ".file"), own = at(id + ".own");
        chooser.addEventListener("change", () => chooser.files[0] && this.#take(chooser.files[0]));
        if (own) own.addEventListener("change", () => own.value && this.#name(own.value));
        for (const kind of ["dragenter", "dragover"]) place.addEventListener(kind, event => {
            event.preventDefault();
            place.classList.add("over");
        });
        for (const kind of ["dragleave", "drop"]) place.addEventListener(kind, () => place.classList.remove("over"));
        place.addEventListener("drop", event => {
            event.preventDefault();
            if (event.dataTransfer.files[0]) this.#take(event.dataTransfer.files[0]);
        });
        this.#again();
    }

    get empty() {
        return !this.file && !this.own;
    }

    // a question about the table, to be posted
    form(asked) {
        const form = new FormData();
        form.append("asked", JSON.stringify({...asked, table: this.own, accepted: this.#accepted}));
        if (this.file) form.append("file", this.file, this.file.name);
        return form;
    }

    // why a figure of this table is right that was asked about
    accept(question, reason) {
        this.#accepted = {...this.#accepted, [question]: reason};
        this.#keep(this.#kept);
        this.#heard();
    }

    async #take(file, accepted = {}) {
        const {words, ...limit} = at(this.#id + ".chosen").dataset, large = tooLarge(file, limit);
        [this.file, this.own, this.#accepted] = [large ? null : file, "", accepted];
        if (at(this.#id + ".own")) at(this.#id + ".own").value = "";
        write(at(this.#id + ".chosen"), words.replace("…", () => file.name));
        if (large) {
            this.#keep(null);
            return this.#refused([large]);
        }
        this.#keep(file.size > KEPT ? null : {name: file.name, data: await encoded(file)});
        this.#heard();
    }

    #name(own, accepted = {}) {
        [this.file, this.own, this.#accepted] = [null, own, accepted];
        at(this.#id + ".file").value = "";
        write(at(this.#id + ".chosen"), at(this.#id + ".chosen").dataset.words.replace("…", () => own));
        this.#keep({own});
        this.#heard();
    }

    #keep(value) {
        this.#kept = value;
        try {
            if (value) window.sessionStorage.setItem(this.#key, JSON.stringify({...value, accepted: this.#accepted}));
            else window.sessionStorage.removeItem(this.#key);
        } catch (full) {
            // the page goes on; a reload begins anew
        }
    }

    #again() {
        try {
            const kept = JSON.parse(window.sessionStorage.getItem(this.#key));
            if (!kept) return;
            if (kept.own) {
                const own = at(this.#id + ".own");
                if (own) own.value = kept.own;
                if (own && own.value) queueMicrotask(() => this.#name(kept.own, kept.accepted));
            } else queueMicrotask(() => this.#take(decoded(kept), kept.accepted));
        } catch (broken) {
            // nothing of before
        }
    }
}
