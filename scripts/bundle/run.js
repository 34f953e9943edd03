// @ts-check
// Makes the whole program one file, which runs alone: `npm run bundle`, or `node scripts/bundle/run.js FILE`. docs/bundle.md
import { createHash } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { rolldown } from "rolldown";
import { inOneFile } from "./in_one_file.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What is not installed everywhere; the program says what it lacks. */
const OUTSIDE = ["serialport", "koffi", "@yowasp/clang", "binaryen"];
/** Names stay, for stacks of internal errors. */
const FORM = { compress: false, mangle: false, codegen: { removeWhitespace: true } };
/** What the program reads of its package. */
const READ = ["data", "device", "dist/view/web", "docs/schemas"];

const { version, files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const [file = join(ROOT, "teemem.mjs")] = process.argv.slice(2);

const archive = packed(filesOfPackage());
const name = `bundle-${version}-${createHash("sha256").update(archive).digest("hex").slice(0, 12)}`;
const { code, modules } = await bundled();
const head = "#!/usr/bin/env node\n// teemem in one file: node teemem.mjs help\n";
const text = `${head}${code.replaceAll("BUNDLE_NAME", name)}\n/*\n${licences(modules)}\n*/\n// Files: ${archive}\n`;
writeFileSync(file, text);
chmodSync(file, 0o755);
console.log(`${file}: ${text.length} bytes, ${code.length} of them code`);

/** The program's code. */
async function bundled() {
  const build = await rolldown({
    input: join(ROOT, "scripts/bundle/entry.js"),
    platform: "node",
    external: OUTSIDE,
    transform: { target: "node20.19" },
    plugins: inOneFile(),
    // The package says that importing its files does nothing. These are the ones that are programs.
    treeshake: { moduleSideEffects: [{ test: /\/src\/(cli\/(teemem|xtest)|.*worker)\.ts$/, sideEffects: true }] },
    checks: { bundlerTimings: false },
    onwarn: (warning) => {
      throw new Error(warning.message);
    },
  });
  const { output } = await build.generate({ format: "esm", codeSplitting: false, minify: FORM, comments: false });
  await build.close();
  const [chunk, ...more] = output;
  if (more.length > 0) throw new Error(`more than one file: ${more.map(({ fileName }) => fileName)}`);
  return { code: chunk.code, modules: Object.keys(chunk.modules) };
}

/** What the program reads, without what package.json leaves out. `npm pack` masks UUIDs in its list. @returns {string[]} */
function filesOfPackage() {
  const out = files.filter((/** @type {string} */ one) => one.startsWith("!") && !one.includes("**"));
  const begins = out.map((/** @type {string} */ one) => one.slice(1).replace(/\*$/, ""));
  const paths = READ.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
  );
  if (!paths.includes("dist/view/web/index.html")) throw new Error("the page is not built: npm run build");
  const left = paths.filter((path) => !begins.some((/** @type {string} */ begin) => path.startsWith(begin)));
  return [...left, "package.json"].sort();
}

/** Files as a line of text. @param {string[]} paths */
function packed(paths) {
  const all = Object.fromEntries(paths.map((path) => [path, readFileSync(join(ROOT, path)).toString("base64")]));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliCompressSync(JSON.stringify(all), { params }).toString("base64");
}

/** The licences of all packages that are inside. @param {string[]} modules */
function licences(modules) {
  const folders = new Set(modules.map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? ROOT));
  return [...folders].sort().map(licenceOf).join("\n\n").replaceAll("*/", "* /");
}

/** @param {string} folder */
function licenceOf(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const found = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one));
  const words = found === undefined ? `License: ${manifest.license}` : readFileSync(join(folder, found), "utf8").trim();
  return `${manifest.name} ${manifest.version}\n\n${words}`;
}
