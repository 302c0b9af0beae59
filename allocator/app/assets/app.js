// At most one question is under way, always with the newest settings: what was overtaken is never asked.
(function () {
    "use strict";
    const SLOW = 4000, LOST = 20000; // milliseconds after which a wait is said, and given up
    let latest = null, asked = "", moved = "", busy = false, since = 0, rates = {};

    const props = (id, values) => window.dash_clientside.set_props(id, values);
    const context = () => window.dash_clientside.callback_context;
    const number = value => (value === null || value === undefined || value === "" ? null : Number(value));

    function read(inputs, own) {
        const [sliders, weights, within, rules, fixes] = inputs;
        const at = {}, shares = {}, inside = {};
        for (const {id, value} of sliders) at[id.name] = number(value);
        for (const {id, value} of weights) shares[id.criterion] = number(value);
        for (const key of Object.keys(own.settings.within)) inside[key] = {...own.settings.within[key]};
        for (const {id, value} of within) inside[id.criterion][id.indicator] = number(value);
        const on = rules.value || [];
        return {
            weights: shares, within: inside, spread: own.settings.spread === null ? null : at.spread,
            target: at.target, lower: at.lower, upper: at.upper,
            off: own.rules.filter(rule => !on.includes(rule)), fixes: fixes.value || {},
        };
    }

    function send() {
        if (busy && Date.now() - since < LOST) return;
        busy = true;
        since = Date.now();
        asked = JSON.stringify(latest);
        props("wanted", {data: {settings: latest, moved: moved}});
    }

    function settle(weights, before, now, id) {
        for (const key of Object.keys(now)) {
            if (weights[key] === before[key] && weights[key] !== now[key]) {
                weights[key] = now[key];
                props(id(key), {value: now[key]});
            }
        }
    }

    // a region that is chosen brings the rate it has now
    document.addEventListener("change", event => {
        const rate = event.target.id === "city" ? rates[event.target.value] : undefined;
        if (rate !== undefined) props("rate", {value: Number((rate * 100).toFixed(4))});
    });

    window.setInterval(() => {
        document.body.classList.toggle("lost", busy && Date.now() - since > SLOW);
    }, 500);

    // Dash calls its list of boxes a list of choices, without a name; it is a group of boxes
    function nameRules() {
        const rules = document.getElementById("rules");
        rules.setAttribute("role", "group");
        rules.setAttribute("aria-label", rules.closest("fieldset").querySelector("legend").innerText);
    }

    window.dash_clientside = Object.assign({}, window.dash_clientside, {
        allocator: {
            show: value => String(Number(value)),

            collect: function (...values) {
                const own = values[values.length - 1];
                const wanted = read(context().inputs_list, own), id = context().triggered_id;
                if (latest === null) nameRules();
                if (latest !== null && JSON.stringify(wanted) === JSON.stringify(latest)) return;
                if (id && id.type === "weight") moved = id.criterion;
                else if (id && id.type === "within") moved = id.criterion + "." + id.indicator;
                latest = wanted;
                send();
            },

            arrived: function (answered) {
                if (answered && answered.kept) rates = answered.kept.rates;
                if (!answered || !busy) return;
                busy = false;
                const before = JSON.parse(asked), changed = JSON.stringify(latest) !== asked;
                if (answered.settings) {
                    settle(latest.weights, before.weights, answered.settings.weights,
                        criterion => ({type: "weight", criterion}));
                    for (const criterion of Object.keys(latest.within)) {
                        settle(latest.within[criterion], before.within[criterion], answered.settings.within[criterion],
                            indicator => ({type: "within", criterion, indicator}));
                    }
                }
                if (changed) send();
            },

            fix: function (clicks, rate, fixes) {
                const city = document.getElementById("city").value;
                if (!clicks || !city || number(rate) === null) return window.dash_clientside.no_update;
                return {...fixes, [city]: number(rate)};
            },

            release: function (clicks, fixes) {
                const id = context().triggered_id;
                if (!id || !clicks.some(Boolean)) return window.dash_clientside.no_update;
                return Object.fromEntries(Object.entries(fixes).filter(([key]) => key !== id.region));
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
                        if (document.getElementById(JSON.stringify({criterion, indicator, type: "within"}))) {
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
