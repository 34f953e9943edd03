// @ts-check
// What is measured is the built package; its types are those of the sources, so that they are known before it is built.

const dist = new URL("../dist/", import.meta.url);

/** @type {typeof import("../src/malloc/index.ts")} */
export const malloc = await import(new URL("malloc/index.js", dist).href);

/** @type {typeof import("../src/replay/index.ts")} */
export const replay = await import(new URL("replay/index.js", dist).href);
