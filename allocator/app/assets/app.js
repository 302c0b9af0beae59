// At most one question is under way, always with the newest settings: what was overtaken is never asked.
// Answers are written as text, cell by cell, so that names stay names and nothing is built anew without need.
(function () {
    "use strict";
    const SLOW = 4000, AGAIN = 2000; // milliseconds after which a wait is said, and a lost question asked again
    let latest = null, moved = "", busy = false, since = 0, rates = {}, drawn = null, look = null;

    const props = (id, values) => window.dash_clientside.set_props(id, values);
    const context = () => window.dash_clientside.callback_context;
    const number = value => (value === null || value === undefined || value === "" ? null : Number(value));
    const at = id => document.getElementById(id);

    function made(tag, text, attributes) {
        const element = document.createElement(tag);
        element.textContent = text || "";
        return Object.assign(element, attributes);
    }

    function write(element, text) {
        if (element.textContent !== text) element.textContent = text;
    }

    // ---- questions

    function read(inputs, own) {
        const [sliders, weights, within, rules, fixed] = inputs;
        const named = {}, shares = {}, inside = {};
        for (const {id, value} of sliders) named[id.name] = number(value);
        for (const {id, value} of weights) shares[id.criterion] = number(value);
        for (const key of Object.keys(own.settings.within)) inside[key] = {...own.settings.within[key]};
        for (const {id, value} of within) inside[id.criterion][id.indicator] = number(value);
        const on = rules.value || [];
        return {
            weights: shares, within: inside, spread: own.settings.spread === null ? null : named.spread,
            target: named.target, lower: named.lower, upper: named.upper,
            off: own.rules.filter(rule => !on.includes(rule)), fixes: fixed.value || {},
        };
    }

    const ask = (path, body) => fetch(path, {
        method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body),
    });

    // a button that gets no reply says that the program has stopped
    async function post(path, body) {
        const reply = await ask(path, body).catch(() => null);
        document.body.classList.toggle("stopped", !reply);
        return reply;
    }

    async function send() {
        if (busy) return;
        busy = true;
        since = Date.now();
        const asked = JSON.stringify(latest);
        let answer = null;
        while (answer === null) {
            try {
                answer = await (await ask("answer", {...latest, moved})).json();
            } catch (stopped) {
                await new Promise(done => setTimeout(done, AGAIN));
            }
        }
        const overtaken = JSON.stringify(latest) !== asked;
        busy = false;
        document.body.classList.remove("stopped");
        show(answer, JSON.parse(asked).settings);
        if (overtaken) send();
    }

    // weights that the program moved move on the page, unless a hand has moved them since
    function settle(weights, before, now, id) {
        for (const key of Object.keys(now)) {
            if (weights[key] === before[key] && weights[key] !== now[key]) {
                weights[key] = now[key];
                props(id(key), {value: now[key]});
            }
        }
    }

    function settleAll(now, before) {
        const settings = latest.settings;
        settle(settings.weights, before.weights, now.weights, criterion => ({type: "weight", criterion}));
        for (const criterion of Object.keys(settings.within)) {
            settle(settings.within[criterion], before.within[criterion], now.within[criterion],
                indicator => ({type: "within", criterion, indicator}));
        }
    }

    // ---- answers

    function show(answer, before) {
        if (answer.ok) {
            write(at("sums"), answer.sums);
            showVerdict(answer);
            showSides(answer.sides);
            showTable(answer.table);
            drawn = answer.chart;
            draw();
            rates = answer.kept.rates;
        }
        at("trouble").replaceChildren(...(answer.trouble || []).map(line => made("p", line)));
        for (const id of ["verdict", "answer"]) at(id).className = answer.ok ? "" : "stale";
        showFixed(answer.fixed);
        if (answer.settings) settleAll(answer.settings, before);
        props("answered", {data: {ok: answer.ok, settings: answer.settings, kept: answer.kept}});
    }

    function showVerdict({verdict, backed}) {
        const said = at("verdict").querySelector("p");
        if (said) write(said, verdict);
        else at("verdict").replaceChildren(made("p", verdict));
        at("verdict").firstChild.className = "verdict " + backed;
    }

    function showSides(sides) {
        const boxes = sides.map(side => {
            const box = made("div");
            box.append(made("h2", side.title), made("p", side.verdict), made("p", side.settings));
            return box;
        });
        const both = made("div", "", {className: "sides"});
        both.append(...boxes);
        at("sides").replaceChildren(...(boxes.length ? [both] : []));
    }

    function row(cells, scopes) {
        const line = made("tr");
        line.append(...cells.map((text, n) => made(scopes[n] ? "th" : "td", text, scopes[n] ? {scope: scopes[n]} : {})));
        return line;
    }

    // the same columns and regions as before: only what differs is written
    function showTable({caption, head, rows, foot}) {
        const names = rows.map(({name, mark}) => name + "\n" + mark), shape = JSON.stringify([head, names]);
        const lines = [...rows, foot].map(({name, cells}) => [name, ...cells]);
        const old = at("table").querySelector("table");
        if (old && old.shape === shape) {
            const written = [...old.tBodies[0].rows, ...old.tFoot.rows];
            lines.forEach((cells, n) => cells.forEach((text, k) => k && write(written[n].cells[k], text)));
            return;
        }
        const table = made("table", "", {shape});
        table.createCaption().textContent = caption;
        table.createTHead().append(row(head, head.map(() => "col")));
        table.createTBody().append(...lines.slice(0, -1).map(cells => row(cells, ["row"])));
        rows.forEach(({mark}, n) => mark && table.tBodies[0].rows[n].cells[0].append(made("span", mark, {className: "mark"})));
        table.createTFoot().append(row(lines[lines.length - 1], ["row"]));
        at("table").replaceChildren(table);
    }

    // plotly.js comes after the page; what is drawn then is the newest answer
    function draw() {
        const plot = document.querySelector("#chart .js-plotly-plot");
        if (!plot || !plot.layout) return window.setTimeout(draw, 30);
        look = look || plot.layout.template;
        window.Plotly.react(plot, drawn.data, {...drawn.layout, template: look});
    }

    function showFixed(fixed) {
        const buttons = Object.entries(fixed).map(([region, text]) => {
            const button = made("button", text, {className: "release"});
            button.addEventListener("click", () => {
                const {[region]: released, ...kept} = latest.settings.fixes;
                props("fixes", {data: kept});
            });
            return button;
        });
        at("fixed").replaceChildren(...buttons);
    }

    // ---- buttons

    const shown = answered => ({settings: answered && answered.ok ? answered.settings : null});
    const told = async reply => (reply ? (await reply.json()).said : []);
    const say = (id, lines) => at(id).replaceChildren(...lines.map(line => made("p", line)));

    function hand(content, name) {
        const link = made("a", "", {href: URL.createObjectURL(content), download: name});
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    }

    // ---- what the browser does alone

    // a region that is chosen brings the rate it has now
    document.addEventListener("change", event => {
        if (event.target.id === "city") say("fix-said", []);
        const rate = event.target.id === "city" ? rates[event.target.value] : undefined;
        if (rate !== undefined) props("rate", {value: Number((rate * 100).toFixed(4))});
    });

    window.setInterval(() => {
        document.body.classList.toggle("lost", busy && Date.now() - since > SLOW);
    }, 500);

    // Dash calls its list of boxes a list of choices, without a name; it is a group of boxes
    function nameRules() {
        const rules = at("rules");
        rules.setAttribute("role", "group");
        rules.setAttribute("aria-label", rules.closest("fieldset").querySelector("legend").innerText);
    }

    window.dash_clientside = Object.assign({}, window.dash_clientside, {
        allocator: {
            show: value => String(Number(value)),

            collect: function (...values) {
                const [kept, own] = values.slice(-2), id = context().triggered_id;
                const wanted = {settings: read(context().inputs_list, own), kept: kept || null};
                if (latest === null) nameRules();
                if (latest !== null && JSON.stringify(wanted) === JSON.stringify(latest)) return;
                if (id && id.type === "weight") moved = id.criterion;
                else if (id && id.type === "within") moved = id.criterion + "." + id.indicator;
                latest = wanted;
                send();
            },

            // the program judges the rate before it is among the settings: a wrong one stops nothing else
            fix: async function (clicks) {
                if (!clicks) return;
                const region = at("city").value, rate = number(at("rate").value);
                const reply = await post("fix", {settings: latest.settings, region, rate});
                const {ok, said} = reply ? await reply.json() : {said: []};
                say("fix-said", said);
                if (ok) props("fixes", {data: {...latest.settings.fixes, [region]: rate}});
            },

            save: async function (clicks, answered) {
                if (clicks) say("saved", await told(await post("save", shown(answered))));
            },

            download: async function (clicks, answered) {
                if (!clicks) return;
                const reply = await post("workbook", shown(answered));
                const file = reply && (reply.headers.get("Content-Disposition") || "").match(/filename=(\S+)/);
                if (file) hand(await reply.blob(), file[1]);
                say("saved", file ? [] : await told(reply));
            },

            keep: function (keep, drop, answered) {
                if (context().triggered_id === "drop") return null;
                return keep && answered && answered.kept ? answered.kept : window.dash_clientside.no_update;
            },

            reset: function (clicks, own) {
                if (!clicks) return;
                const {weights, within, spread, target, lower, upper} = own.settings;
                for (const [name, value] of Object.entries({spread, target, lower, upper})) {
                    if (value !== null) props({type: "slider", name}, {value});
                }
                for (const [criterion, value] of Object.entries(weights)) props({type: "weight", criterion}, {value});
                for (const [criterion, shares] of Object.entries(within)) {
                    for (const [indicator, value] of Object.entries(shares)) {
                        if (at(JSON.stringify({criterion, indicator, type: "within"}))) {
                            props({type: "within", criterion, indicator}, {value});
                        }
                    }
                }
                props("rules", {value: own.rules});
                props("fixes", {data: {}});
            },
        },
    });
})();
