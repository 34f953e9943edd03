// A copy of this checkout to plant faults in, with its own dist/.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { transformSync } from "rolldown/experimental";

/** Longer than the slowest tests take on a slow machine: what lasts longer hangs. */
const LIMIT_MS = 900_000;

/** Copies what git knows, or would add; dist/ as it was built, and the packages as a link. */
export function copyCheckout(root) {
  const copy = mkdtempSync(join(tmpdir(), "teemem-mutate-"));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const path of new Set(listed.toString().split("\0").filter(Boolean))) {
    mkdirSync(join(copy, dirname(path)), { recursive: true });
    cpSync(join(root, path), join(copy, path));
  }
  cpSync(join(root, "dist"), join(copy, "dist"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

export function removeCheckout(copy) {
  rmSync(copy, { recursive: true, force: true });
}

/** Writes a source and what is built of it; returns what puts both back. Throws where it is no program any more. */
export function replaceSource(copy, path, code) {
  const [source, built] = [join(copy, path), join(copy, path.replace(/^src/, "dist").replace(/\.ts$/, ".js"))];
  const before = [source, built].map((file) => readFileSync(file));
  const { code: js, errors } = transformSync(path, code, { lang: "ts", sourcemap: false });
  if (errors.length > 0) throw new Error(errors[0].message);
  writeFileSync(source, code);
  writeFileSync(built, js.replace(/((?:from|import)\s*\(?\s*["']\.[^"']+)\.ts(["'])/g, "$1.js$2"));
  return () => [source, built].forEach((file, n) => void writeFileSync(file, before[n]));
}

/** Whether the tests fail: at the first that does, or where they hang. No tests never fail. */
export async function testsFail(copy, tests) {
  if (tests.length === 0) return false;
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--bail", "1", "--reporter", "dot", "--maxWorkers", "1"];
  return (await run(process.execPath, [...vitest, ...tests], copy)) !== 0;
}

/** Whether the compiler takes the copy. */
export async function typesFail(copy) {
  return (await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json"], copy)) !== 0;
}

/** The exit code; null if it had to be killed. */
function run(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: "ignore", detached: true, env: { ...process.env, CI: "" } });
    // Programs that a test has started go with it, also where this process ends.
    const kill = () => {
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended.
      }
    };
    const timer = setTimeout(kill, LIMIT_MS);
    process.once("exit", kill);
    child.once("close", (code) => {
      clearTimeout(timer);
      process.off("exit", kill);
      kill();
      resolve(code);
    });
  });
}
