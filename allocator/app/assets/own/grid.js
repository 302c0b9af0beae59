// Sheets as grids: arrow keys walk, Enter or a click opens a cell to be typed in, Enter or Tab keeps it, Escape leaves it.
import {made, write} from "../dom.js";

const cellId = (sheet, cell) => ["cell", sheet.file, sheet.title || sheet.sheet, cell].join(":");
const WORST = ["error", "question", "notice"];
const STEPS = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};

// a long text is shown in part, and as a whole where somebody stands in its row
function put(cell, text) {
    if (!cell.firstElementChild) cell.append(made("span"));
    write(cell.firstElementChild, text);
}

// what is wrong and out of sight at the side is brought into it; the window stays where it is
function reveal(cell) {
    const scroll = cell.closest(".scroll"), box = scroll.getBoundingClientRect(), own = cell.getBoundingClientRect();
    if (own.right > box.right || own.left < box.left) scroll.scrollLeft += own.left - box.left - box.width / 2;
}

export function focusCell(mark) {
    const cell = document.getElementById(cellId(mark, mark.cell));
    if (!cell) return;
    cell.closest("details").open = true;
    cell.focus();
    cell.scrollIntoView({block: "center", inline: "center"});
}

export class Grids {
    #place;
    #words;
    #editable;
    #typed;
    #shape = "";

    // typed(sheet, cell, text) hears what was typed
    constructor(place, words, editable, typed) {
        [this.#place, this.#words, this.#editable, this.#typed] = [place, words, editable, typed];
    }

    // the first cell of each sheet that is to be mended or confirmed
    #show(marks) {
        const sheets = new Set();
        for (const mark of marks) {
            const cell = document.getElementById(cellId(mark, mark.cell));
            if (!cell || mark.kind === "notice" || sheets.has(mark.sheet) || !cell.closest("details").open) continue;
            sheets.add(mark.sheet);
            reveal(cell);
        }
    }

    // only what differs is written, so that whoever stands in a cell stays there
    show(sheets, marks) {
        const shape = JSON.stringify(sheets.map(({file, title, columns, rows}) => [file, title, columns, rows.length]));
        const anew = shape !== this.#shape;
        if (anew) this.#build(sheets, marks);
        this.#shape = shape;
        const said = new Map();
        for (const mark of marks) {
            const id = cellId(mark, mark.cell);
            said.set(id, [...(said.get(id) || []), mark]);
        }
        for (const sheet of sheets) {
            for (const {row, cells} of sheet.rows) {
                cells.forEach((text, n) => this.#write(sheet, sheet.columns[n] + row, text, said));
                const line = document.getElementById(cellId(sheet, sheet.columns[0] + row)).parentElement;
                line.className = cells[0] && !cells.slice(1).some(Boolean) ? "alone" : ""; // a title runs over
            }
        }
        if (anew) this.#show(marks);
    }

    #write(sheet, address, text, said) {
        const id = cellId(sheet, address), cell = document.getElementById(id), marks = said.get(id) || [];
        if (cell.querySelector("input")) return;
        put(cell, text);
        const kind = WORST.find(each => marks.some(mark => mark.kind === each)) || "";
        cell.className = kind;
        cell.title = marks.map(mark => mark.said).join("\n");
        const label = marks.map(mark => this.#words[mark.kind] + " " + mark.said).join(" ");
        if (label) cell.setAttribute("aria-description", label);
        else cell.removeAttribute("aria-description");
        cell.ariaInvalid = kind === "error" ? "true" : null;
    }

    #build(sheets, marks) {
        for (const old of this.#place.querySelectorAll("details")) old.remove();
        sheets.forEach((sheet, n) => {
            const odd = marks.some(mark => mark.file === sheet.file && mark.sheet === sheet.title);
            this.#place.append(this.#sheet(sheet, n === 0 || odd));
        });
    }

    #sheet(sheet, open) {
        const box = made("details", "", {open}), name = sheet.title || sheet.file;
        const scroll = made("div", "", {className: "scroll", tabIndex: 0, role: "region"});
        scroll.ariaLabel = this.#words.scroll.replace("{sheet}", name);
        const table = made("table", "", {role: "grid", className: "cells"});
        table.ariaLabel = name;
        const head = table.createTHead().insertRow();
        head.append(made("td"), ...sheet.columns.map(letter => made("th", letter, {scope: "col"})));
        const body = table.createTBody();
        for (const {row} of sheet.rows) {
            const line = body.insertRow();
            line.append(made("th", String(row), {scope: "row"}));
            sheet.columns.forEach(letter => line.append(this.#cell(sheet, letter + row)));
        }
        const start = body.querySelector("td");
        if (start) start.tabIndex = 0;
        scroll.append(table);
        box.append(made("summary", name), scroll);
        if (sheet.left) box.append(made("p", sheet.left, {className: "hint"}));
        return box;
    }

    #cell(sheet, address) {
        const cell = made("td", "", {id: cellId(sheet, address), tabIndex: -1, role: "gridcell"});
        cell.addEventListener("focus", () => this.#rove(cell));
        cell.addEventListener("keydown", event => this.#walk(cell, sheet, address, event));
        if (this.#mendable(sheet)) cell.addEventListener("click", () => this.#open(cell, sheet, address));
        return cell;
    }

    #mendable(sheet) {
        return this.#editable && sheet.mendable;
    }

    // one cell of a grid can be reached by Tab: the one that was stood in last
    #rove(cell) {
        for (const one of cell.closest("table").querySelectorAll("td[tabindex='0']")) one.tabIndex = -1;
        cell.tabIndex = 0;
    }

    #walk(cell, sheet, address, event) {
        if (event.target !== cell || event.ctrlKey || event.metaKey || event.altKey) return;
        const step = STEPS[event.key];
        if (step) {
            const line = cell.parentElement, next = [line, line.nextElementSibling, line.previousElementSibling];
            const to = (step[0] ? next.at(step[0]) : line)?.cells[cell.cellIndex + step[1]];
            if (to && to.tagName === "TD") to.focus();
            event.preventDefault();
        } else if (this.#mendable(sheet) && ["Enter", "F2"].includes(event.key)) {
            this.#open(cell, sheet, address);
            event.preventDefault();
        } else if (this.#mendable(sheet) && event.key.length === 1 && event.key !== " ") {
            this.#open(cell, sheet, address, event.key);
            event.preventDefault();
        }
    }

    #open(cell, sheet, address, typed) {
        if (cell.querySelector("input")) return;
        const was = cell.textContent, input = made("input", "", {type: "text", value: typed ?? was, maxLength: 10000});
        input.ariaLabel = (sheet.title || sheet.file) + " " + address;
        let open = true;
        const close = keep => {
            if (!open) return;
            open = false; // taking the field away is a blur, which closes it again
            const text = input.value.trim();
            cell.replaceChildren();
            put(cell, keep ? text : was);
            if (keep && text !== was) this.#typed(sheet, address, text);
        };
        input.addEventListener("blur", () => close(true));
        input.addEventListener("keydown", event => {
            if (event.key !== "Enter" && event.key !== "Escape") return;
            event.preventDefault();
            event.stopPropagation();
            close(event.key === "Enter");
            cell.focus();
        });
        cell.replaceChildren(input);
        input.focus();
        if (typed === undefined) input.select();
    }
}
