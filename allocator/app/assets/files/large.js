// The one limit for files that are dropped or chosen.

// what is said of a file that is too large, which is not sent at all; empty of any other. words: {limit, large}
export function tooLarge(file, {limit, large}) {
    return file.size > Number(limit) ? large.replace("{size}", String(Math.ceil(file.size / 1e5) / 10)) : "";
}
