// @ts-check
// Builds all TAs with their own Makefiles.
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { teemem, why } from "./programs.js";

/** Folders with a TA's Makefile. @param {import("./trees.js").Trees} trees */
function foldersOf({ os, test, examples }) {
  const inside = (/** @type {string} */ folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [join(folder, one.name)] : []));
  const own = examples === undefined ? [] : inside(examples).map((folder) => join(folder, "ta"));
  // Libraries come first, for those who link them.
  const tested =
    test === undefined
      ? []
      : inside(join(test, "ta")).sort((a, b) => Number(b.includes("_lib")) - Number(a.includes("_lib")));
  const shipped = ["pkcs11", "avb"].map((name) => join(os, "ta", name));
  return [...own, ...tested, ...shipped].filter((folder) => existsSync(join(folder, "Makefile")));
}

/** Builds them into one folder, which is given back. @param {import("./trees.js").Trees} trees @param {import("./table.js").Table} table */
export function buildTas(trees, table) {
  const output = join(trees.work, "tas");
  const target = trees.target === undefined ? [] : ["--target", trees.target];
  for (const folder of foldersOf(trees)) {
    const name = basename(folder) === "ta" ? basename(join(folder, "..")) : basename(folder);
    const built = teemem(["ta", "build", folder, "--optee", trees.os, "-o", output, ...target]);
    const isLibrary = name.includes("_lib") && built.err.includes("made no TA");
    table.add(`build of ${name}`, built.ok || isLibrary ? "passed" : "failed", built.ok || isLibrary ? "" : why(built));
  }
  return output;
}
