// Charts and maps, drawn by plotly.js, which the program itself serves. It takes the browser a second: it is asked for
// when something is to be drawn first, and the newest figure of each place is drawn then.
import {made} from "./dom.js";

const newest = new WeakMap();
let script = null;

function loaded() {
    script ||= new Promise(done => {
        const {plotly} = document.querySelector("[data-plotly]").dataset;
        const element = made("script", "", {src: plotly});
        element.addEventListener("load", () => done(window.Plotly));
        document.head.append(element);
    });
    return script;
}

// looks: the options and the template of all charts
export async function draw(place, figure, looks) {
    newest.set(place, figure);
    const plotly = window.Plotly || await loaded();
    if (newest.get(place) !== figure) return null;
    const {data, layout} = figure;
    return plotly.react(place, data, {...layout, template: looks.template}, looks.config);
}

// the height of a figure: of a map by the map's own, of a chart its own
export function highOf({meta, height}) {
    if (meta && meta.high) return `min(${Math.min(680, Math.round(620 * meta.high + 60))}px, calc(${meta.high} * 100vw + 80px))`;
    return `${height || 430}px`;
}
