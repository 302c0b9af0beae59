// Questions about a table that was dropped, each with a place for its reason.
import {at, made} from "../dom.js";
import {reasonBox} from "../doubts/reason.js";

// answer(question, reason) hears why a figure is right
export function showDoubts(questions, answer) {
    const place = at("doubts"), typed = name => place.querySelector(`input[name="${CSS.escape(name)}"]`)?.value || "";
    const lines = questions.map(({id, said, wanted}) => {
        const line = made("li", said), why = made("div", "", {className: "said", role: "alert"});
        why.append(...wanted.map(text => made("p", text)));
        line.append(reasonBox(id, place.dataset, typed(id), reason => answer(id, reason)), why);
        return line;
    });
    place.replaceChildren(...lines);
    place.hidden = !lines.length;
}
