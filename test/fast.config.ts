// `npm run test:fast`: what is quick and catches most, in less than a minute of the processor's time.
import { existsSync, readdirSync } from "node:fs";
import { defineConfig, mergeConfig } from "vitest/config";
import everything from "../vitest.config.ts";

/** Tests of several seconds each: long random runs, sockets, processes. A new test beside its file is in until it is named here. */
const SLOW = [
  "fast/fast.test.ts",
  "malloc/corruption.test.ts",
  "recording/read_arrow.test.ts",
  "xtest/console_log.test.ts",
  "dump/inspect.test.ts",
  "systems/sources.test.ts",
  "daemon/listen.test.ts",
  "daemon/lock_file.test.ts",
];

/** Tests of the whole project that are quick: its rules, whole pages, golden data. */
const WHOLE = [
  "test/api.test.ts",
  "test/changelog.test.ts",
  "test/golden/outputs.test.ts",
  "test/hermetic.test.ts",
  "test/layers.test.ts",
  "test/pages.test.ts",
  "test/printable.test.ts",
];

const files = readdirSync("src", { recursive: true, encoding: "utf8" });
const gone = [
  ...SLOW.filter((end) => !files.some((path) => path.endsWith(end))),
  ...WHOLE.filter((path) => !existsSync(path)),
];
if (gone.length > 0) throw new Error(`test/fast.config.ts names tests that are not there: ${gone.join(", ")}`);

const exclude = SLOW.map((end) => `**/${end}`);
const all = mergeConfig(everything, defineConfig({ test: { exclude, isolate: false } }));

// A merge would add to the list of what is run.
export default { ...all, test: { ...all.test, include: ["src/**/*.test.ts", ...WHOLE] } };
