// The pages that are packed lead to files that are packed, too.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** What only the repository has: pictures, which are larger than all the code. */
const OUTSIDE = /^docs\/images\/\w+\.png$/;

const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], {
  encoding: "utf8",
  maxBuffer: 2 ** 28,
});
const [{ files }] = JSON.parse(stdout) as [{ readonly files: readonly { readonly path: string }[] }];
const packed = new Set(files.map(({ path }) => path));
const folders = new Set([...packed].flatMap(above));
const pages = [...packed].filter((path) => path.endsWith(".md"));

function above(path: string): string[] {
  const folder = dirname(path);
  return folder === "." ? [] : [folder, ...above(folder)];
}

/** Targets of the links and pictures of a page, from the root of the package. */
function targetsOf(page: string): string[] {
  const text = readFileSync(page, "utf8").replace(/^```.*?^```/gms, "");
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
  return links
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => normalize(join(dirname(page), link)).replace(/\/$/, ""));
}

test("pages are packed, with the overview and the examples", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/README.md", "examples/README.md"]));
});

test("each link of a packed page leads to a packed file or folder, or to a picture", () => {
  const all = pages.flatMap((page) => targetsOf(page).map((target) => ({ page, target })));
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter(({ target }) => !packed.has(target) && !folders.has(target) && !OUTSIDE.test(target))).toEqual([]);
});

test("nothing that a build leaves is packed with the examples", () => {
  const left = [...packed].filter((path) => path.startsWith("examples/") && /\/out\/|\.(o|elf|so|wasm)$/.test(path));
  expect(left).toEqual([]);
});
