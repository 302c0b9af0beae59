// A sweep: started, watched, cancelled; its pictures.
import {handed, once} from "../buttons.js";
import {at, copy, made, say, write} from "../dom.js";
import {chart, draw} from "./charts.js";
import {answered, asked, settings, standing} from "./plan.js";
import {paragraphs} from "../tables.js";

const AGAIN = 400; // milliseconds between two looks at the progress
const OF_CITY = ["figure_map", "figure_tornado"];
let cities = null, figures = {}, watching = false, touched = false;

const ask = async (question, more = {}) => answered(await asked(question, {settings: settings(), ...more}));

function progress({ended, said, whole, done, trouble, own}) {
    const runs = ended === "";
    at("cancel").hidden = !runs;
    at("go").ariaDisabled = String(runs);
    at("progress").hidden = !runs;
    if (whole && done < whole) at("progress").value = done / whole;
    else at("progress").removeAttribute("value");
    const count = runs && whole ? ` ${done.toLocaleString("en")} / ${whole.toLocaleString("en")}` : "";
    write(at("stage"), own || runs ? said + count : "");
    say("trouble", own ? trouble : []);
    return runs;
}

// looks at the progress until the sweep ends, and then shows what it found
async function watch() {
    if (watching) return;
    watching = true;
    try {
        for (;;) {
            const state = await ask("state");
            if (!state.ok) return say("trouble", state.trouble);
            if (!progress(state)) return await show(state.ended !== "done" && state.ended !== "none");
            await new Promise(done => setTimeout(done, AGAIN));
        }
    } finally {
        watching = false;
    }
}

at("go").addEventListener("click", async () => {
    if (at("go").ariaDisabled === "true") return;
    at("go").ariaDisabled = "true";
    const over = [...document.querySelectorAll("#over input:checked")].map(box => box.value);
    const state = await ask("start", {
        samples: Number(at("samples").value), seed: Math.trunc(Number(at("seed").value)), over, sampler: at("sampler").value,
    });
    if (state.ok && progress(state)) {
        at("found").hidden = true;
        return watch();
    }
    at("go").ariaDisabled = "false";
    if (!state.ok) say("trouble", state.trouble);
});

at("cancel").addEventListener("click", async () => progress(await ask("cancel")));

// unchanged: whether what stands there already stays
async function show(unchanged = false) {
    const result = await ask("result");
    if (!result.ok) return say("trouble", result.trouble);
    at("found").hidden = !result.found;
    if (!result.found || (unchanged && cities)) return;
    if (!touched) fill(result.asked);
    write(at("made"), result.made);
    at("headline").textContent = result.headline;
    at("said").replaceChildren(...paragraphs(result.said));
    at("notices").replaceChildren(...paragraphs(result.notices));
    at("notices-title").hidden = !result.notices.length;
    figures = Object.fromEntries(result.charts.map(({id, figure}) => [id, copy(figure)]));
    const word = at("found").dataset.figures, drawn = one => chart(one, word);
    const ofCity = result.charts.filter(({id}) => OF_CITY.includes(id));
    const others = result.charts.filter(({id}) => !OF_CITY.includes(id));
    at("charts").replaceChildren(...others.slice(0, 2).map(drawn));
    at("city-charts").replaceChildren(...ofCity.map(drawn));
    at("more").replaceChildren(...others.slice(2).map(drawn));
    cities = result.cities;
    at("city").hidden = !ofCity.length;
    at("choose").replaceChildren(...cities.names.map((name, n) => made("option", name, {value: String(n)})));
    at("choose").value = String(cities.first);
    choose();
}

// the fields say what the sweep was made with, until somebody changes them
function fill({samples, seed, over, sampler}) {
    for (const box of document.querySelectorAll("#over input")) box.checked = over.includes(box.value);
    for (const [id, value] of [["samples", samples], ["sampler", sampler]]) {
        if ([...at(id).options].some(option => option.value === String(value))) at(id).value = String(value);
    }
    at("seed").value = String(seed);
}

async function choose() {
    const chosen = Number(at("choose").value);
    write(at("city-text"), cities.texts[chosen]);
    for (const [id, changes] of Object.entries(cities.figures)) {
        const {data, layout} = copy(figures[id]);
        await draw(at(id), {data: data.map((trace, k) => Object.assign(trace, changes[chosen][k])), layout});
        if (id === "figure_map") fit(at(id));
    }
}

// the points of the map are hexagons that just touch, whatever the width of the page
function fit(map) {
    const triangle = map.querySelector(".ternarylayer .plotbg path");
    if (!triangle) return;
    const size = Math.round(triangle.getBBox().width / cities.steps * 12) / 10;
    if (size > 0 && Math.abs(map.data[0].marker.size - size) > 0.15) window.Plotly.restyle(map, {"marker.size": size}, [0]);
}

at("work").addEventListener("change", () => { touched = true; });
at("choose").addEventListener("change", choose);
once("zip", "handed", async () => {
    const reply = await asked("files", {settings: settings()});
    return (await handed(reply)) ? [] : (await answered(reply)).trouble;
});
standing();
watch();
