// Finds the tests that can detect a fault in a file: those that reach it by imports, and those that run the built programs.
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";

const IMPORT = /(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g;
/** Tests that start programs from dist/. */
const STARTS = /from "(?:\.\.?\/)+(?:test\/)?(?:cli|run_here|support\/daemon)\.ts"|dist\/cli/;

/** All sources and tests of a checkout, as paths from its root. */
export function listFiles(root, folder) {
  return readdirSync(posix.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(root, path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

/** A function from a source file to the tests that can notice a fault in it: those nearby, then all others, nearest first. */
export function testsFor(root) {
  const files = [...listFiles(root, "src"), ...listFiles(root, "test")].filter(
    (path) => !path.startsWith("test/package/"),
  );
  const sources = new Map(files.map((path) => [path, readFileSync(posix.join(root, path), "utf8")]));
  const imports = new Map(
    files.map((path) => [
      path,
      [...sources.get(path).matchAll(IMPORT)].map(([, to]) => posix.join(posix.dirname(path), to)),
    ]),
  );
  const tests = files.filter((path) => path.endsWith(".test.ts"));
  const reach = new Map(tests.map((path) => [path, reachOf(path, imports)]));
  return (source) => {
    const layer = source.split("/")[1];
    const distance = (test) => {
      if (test === source.replace(/\.ts$/, ".test.ts")) return 0;
      if (posix.dirname(test) === posix.dirname(source)) return 1;
      if (test.startsWith(`src/${layer}/`)) return 2;
      return reach.get(test).has(source) ? 3 + reach.get(test).size / 10_000 : 4;
    };
    const able = tests
      .filter((test) => reach.get(test).has(source) || STARTS.test(sources.get(test)))
      .sort((a, b) => distance(a) - distance(b));
    return {
      near: able.filter((test) => distance(test) < 3),
      far: able.filter((test) => distance(test) >= 3),
    };
  };
}

function reachOf(path, imports, seen = new Set()) {
  for (const to of imports.get(path) ?? []) {
    if (seen.has(to)) continue;
    seen.add(to);
    reachOf(to, imports, seen);
  }
  return seen;
}
