// @ts-check
// Checks the package as npm packs it: `npm run lint:package`, or `npm run lint:package -- FILE.tgz` for one that is packed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs a program of the project and ends with its exit code if that is not 0. @param {string} program @param {string[]} args */
function run(program, ...args) {
  const { status, error } = spawnSync(program, args, { stdio: "inherit" });
  if (error) console.error(`${program}: ${error.message}`);
  return status ?? 1;
}

const folder = mkdtempSync(join(tmpdir(), "teemem-pack-"));
try {
  const [given] = process.argv.slice(2);
  const packed = given === undefined ? run("npm", "pack", "--silent", "--pack-destination", folder) : 0;
  const file = given ?? join(folder, readdirSync(folder)[0] ?? "nothing was packed");
  // What a program finds by its imports, and what the manifest promises.
  process.exitCode =
    packed ||
    run("npx", "--no-install", "publint", "--strict", file) ||
    run("npx", "--no-install", "attw", "--profile", "esm-only", "--format", "ascii", "--no-emoji", file);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
