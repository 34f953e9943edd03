// @ts-check
// `npm run docs:site`: the documentation as a folder of pages that a browser opens from disk.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { addressOf } from "./addresses.js";
import { collect } from "./collect.js";
import { CONTENTS, readContents } from "./contents.js";
import { FILES, frame } from "./frame.js";

/** Where `npm run docs:api` writes the reference of the public API. */
const API = "docs/api";

/**
 * Writes the site, in place of an older one, and returns the number of its pages. The reference of the public API is part of it
 * where there is one. Throws an error that names page and link where a link leads nowhere, or where the folder holds something else.
 * @param {string} root the project @param {string} out @param {string} api folder of the reference
 */
export function writeSite(root, out, api = join(root, API)) {
  const listed = readContents(root);
  const names = listed.flatMap(({ entries }) => entries.map(({ file, name }) => /** @type {const} */ ([file, name])));
  const { pages, copies } = collect(root, CONTENTS, new Map([[CONTENTS, "All pages"], ...names]));
  const withApi = existsSync(join(api, "index.html"));
  const groups = listed.map(({ name, entries }) => {
    const places = entries.map((entry) => ({ ...entry, address: addressOf({ file: entry.file, kind: "text" }) }));
    return { name, places: withApi && name === "Reference" ? [...places, apiPlace()] : places };
  });
  const write = (/** @type {string} */ address, /** @type {string} */ text) =>
    writeFileSync(prepared(join(out, address)), text);

  if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, FILES.index)))
    throw new Error(`${out} holds something other than a site: name an empty folder`);
  rmSync(out, { recursive: true, force: true });
  for (const [address, { title, html, sections }] of pages) {
    const first = Math.min(...sections.map(({ depth }) => depth).filter((depth) => depth > 1));
    const parts = sections.filter(({ depth }) => depth === first);
    write(address, frame({ address, title, html, parts }, groups));
  }
  for (const file of copies) copyFileSync(join(root, file), prepared(join(out, file)));
  for (const file of [FILES.style, FILES.search]) copyFileSync(new URL(file, import.meta.url), join(out, file));
  if (withApi) cpSync(api, join(out, API), { recursive: true });
  write(FILES.index, searchIndex(pages));
  return pages.size;
}

function apiPlace() {
  return { name: "Public API", tells: "every public name", address: `${API}/index.html` };
}

/** Makes the folder of a file. @param {string} path */
function prepared(path) {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** The listed pages for the search: address, title, and for each heading its anchor, its text and the words below it. @param {import("./collect.js").Collected["pages"]} pages */
function searchIndex(pages) {
  const rows = [...pages]
    .filter(([, { listed }]) => listed)
    .map(([address, { title, sections }]) => [
      address,
      title,
      sections.map(({ anchor, heading, words }) => [anchor, heading, words]),
    ]);
  return `globalThis.searchIndex = ${JSON.stringify(rows)};\n`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const [out = join(root, "site")] = argv.slice(2);
  try {
    console.log(`${writeSite(root, out)} pages: open ${join(out, "index.html")}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
