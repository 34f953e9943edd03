// Runs tests with other versions of Node.js: node scripts/test_nodes.js [VERSION…] [-- FILTER…]
// Versions are those of npm's packages that carry Node's binaries; filters are vitest's, default the whole suite.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const USUAL = ["20.19", "22", "24", "25"];

const words = process.argv.slice(2);
const split = words.indexOf("--");
const named = split < 0 ? words : words.slice(0, split);
const filters = split < 0 ? [] : words.slice(split + 1);

const failed = [];
for (const version of named.length > 0 ? named : USUAL) {
  const node = fetchNode(version);
  process.stdout.write(`\n== Node ${run(node, ["--version"], "pipe").stdout.trim()}\n`);
  const tests = run(node, ["node_modules/vitest/vitest.mjs", "run", ...filters], "inherit");
  if (tests.status !== 0) failed.push(version);
}
if (failed.length > 0) {
  process.stderr.write(`failed with Node ${failed.join(", ")}\n`);
  process.exitCode = 1;
}

/** The path of a version's binary. It stays in a folder of the user's own for the next run. */
function fetchNode(version) {
  const folder = join(tmpdir(), `teemem-nodes-${process.getuid?.() ?? ""}`, version);
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const node = join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const install = ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", `${name}@${version}`];
  if (run("npm", install, "inherit").status !== 0 || !existsSync(node)) {
    process.stderr.write(`Node ${version} is not to be had from npm as ${name}\n`);
    process.exit(1);
  }
  return node;
}

function run(command, args, output) {
  return spawnSync(command, args, { encoding: "utf8", stdio: ["ignore", output, "inherit"] });
}
