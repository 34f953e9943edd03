// Printed commands can be pasted, by whatever name teemem is called: the name is in them before lines are filled, no line
// breaks a command, and the xtest of a board keeps its own name.
import { describe, expect, test } from "vitest";
import { runBin } from "./cli.ts";

const SERIES = "test/fixtures/series";
const RUNS: readonly (readonly string[])[] = [
  ["doctor", `${SERIES}/realoom.txt`],
  ["doctor", "--error", "0xffff000c"],
  ["doctor", "--log", "test/fixtures/transcripts/in/oom.txt", "--all"],
  ["size", `${SERIES}/17-alloc-6001-poll.out`],
  ["report", "test/fixtures/text/loop.txt"],
  ["leaks", `${SERIES}/realoom.txt`],
  ["leaks", "test/fixtures/text/loop.txt"],
  ...["doctor", "boot", "fuzz", "run", "exec"].map((name) => ["help", name]),
];

describe.each(["npx teemem", "node build/teemem/dist/cli/teemem.js"])("called as %s", (called) => {
  test.each(RUNS)("%s %s", (...args) => {
    const { stdout } = runBin("teemem", args, { env: { TEEMEM_COMMAND: called, COLUMNS: "" } });
    expect(stdout).not.toBe("");
    const lines = stdout.split("\n");
    // What has no blank to break at may be longer: a command in prose, or a word of an example.
    expect(lines.filter((line) => line.length > 80 && !line.includes(called))).toEqual([]);
    for (const line of lines) {
      expect(line, "a command is whole in its line").not.toMatch(/(?<!\w)['`](?:teemem|xtest|npx|node)(?: [^'`]*)?$/);
      expect(line, "a command has the name by which it is called").not.toMatch(/(?<!\w)['`]teemem [a-z-]/);
    }
    expect(stdout).not.toMatch(/npx xtest|xtest\.js/);
  });
});
