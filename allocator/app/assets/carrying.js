// Settings that were moved on a scenario before its files changed, as settings of what it is now: what was moved stays
// moved, what nobody touched is as the files have it now.

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const names = shares => Object.keys(shares).sort();

// before, own: the scenario's own settings then and now; known: {rules, regions} that it has now, their ids
// returns {settings, lost}; lost: whether something moved has no place any more
export function carried(settings, before, own, known) {
    const now = JSON.parse(JSON.stringify(own));
    let lost = false;
    const take = (among, key, moved, fits) => {
        if (fits) among[key] = moved;
        else lost = true;
    };
    const takeShares = (among, key, moved, then) => {
        if (!same(moved, then)) take(among, key, moved, among[key] !== undefined && same(names(moved), names(among[key])));
    };
    const {weights, within, off, fixes, ...plain} = settings;
    takeShares(now, "weights", weights, before.weights);
    for (const key of Object.keys(within)) takeShares(now.within, key, within[key], before.within[key]);
    for (const [key, value] of Object.entries(plain)) {
        if (!same(value, before[key])) take(now, key, value, key in own && (value === null) === (own[key] === null));
    }
    now.off = off.filter(id => known.rules.includes(id));
    now.fixes = Object.fromEntries(Object.entries(fixes).filter(([id]) => known.regions.includes(id)));
    lost ||= now.off.length < off.length || names(now.fixes).length < names(fixes).length;
    return {settings: now, lost};
}
