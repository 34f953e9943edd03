// @ts-check
// The source trees that a person has, and the folder that everything is built in.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

/** Reads the options; a usage error ends the program. @param {readonly string[]} words */
export function readTrees(words) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      "optee-os": { type: "string" },
      "optee-test": { type: "string" },
      "optee-client": { type: "string" },
      "optee-examples": { type: "string" },
      target: { type: "string" },
      work: { type: "string" },
      only: { type: "string", default: "" },
    },
  });
  const os = values["optee-os"];
  if (os === undefined || !existsSync(join(os, "lib/libutee")))
    usage("--optee-os DIR names the sources of optee_os; everything is built with them");
  const work = values.work === undefined ? mkdtempSync(join(tmpdir(), "teemem-upstream-")) : resolve(values.work);
  mkdirSync(work, { recursive: true });
  /** A tree's Makefiles write into it, so it is copied. @param {"optee-test" | "optee-client" | "optee-examples"} name */
  const copied = (name) => {
    const from = values[name];
    if (from === undefined) return undefined;
    if (!existsSync(from)) usage(`--${name}: there is no ${from}`);
    const to = join(work, name);
    if (!existsSync(to)) cpSync(from, to, { recursive: true });
    return to;
  };
  return {
    os: resolve(/** @type {string} */ (os)),
    test: copied("optee-test"),
    client: copied("optee-client"),
    examples: copied("optee-examples"),
    work,
    cache: join(work, "cache"),
    target: values.target,
    /** Which test cases and clients to run. */
    only: new RegExp(values.only),
    keeps: values.work !== undefined,
    remove: () => rmSync(work, { recursive: true, force: true }),
  };
}

/** @param {string} text @returns {never} */
function usage(text) {
  process.stderr.write(`test:upstream: ${text}\n`);
  process.exit(2);
}

/** @typedef {ReturnType<typeof readTrees>} Trees */

/** The release of a tree of optee_os, like `4.10.0`. @param {string} tree */
export function releaseOf(tree) {
  const text = readFileSync(`${tree}/mk/config.mk`, "utf8");
  const number = (/** @type {string} */ name) => new RegExp(`^${name}\\s*\\?=\\s*(\\d+)`, "m").exec(text)?.[1] ?? "?";
  return `${number("CFG_OPTEE_REVISION_MAJOR")}.${number("CFG_OPTEE_REVISION_MINOR")}.0`;
}

/** A folder of the cache whose name begins so. @param {Trees} trees @param {string} folder @param {string} name */
export function inCache({ cache }, folder, name) {
  const at = join(cache, "teemem", folder);
  const found = existsSync(at) ? readdirSync(at).find((one) => one.startsWith(name)) : undefined;
  return found === undefined ? undefined : join(at, found);
}
