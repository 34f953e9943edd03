// Hostile inputs: every command that reads files says what is wrong in one line, soon, and takes no more memory than it may.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { COMMANDS, filled } from "./fuzz/commands.js";
import { createRunner } from "./fuzz/runner.js";
import { seeds } from "./fuzz/seeds.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const ATTACKS = join(ROOT, "test/fixtures/attack");
const folder = mkdtempSync(join(tmpdir(), "teemem-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** A hang; a machine with much to do is slower than this by far less. */
const HANG = 60_000;

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** In one process, as a program for each would take minutes. Inputs of megabytes may take more memory: docs/testing.md. */
const runner = createRunner(HANG, 2 ** 30);
afterAll(() => runner.end());

async function problemOf(...args: string[]): Promise<string | null> {
  return (await runner.run(args, join(folder, "out"))).problem;
}

const known = await seeds();
for (const name of ["golden.trace", "budget.yaml", "core-heap.bin"]) file(name, known.get(name) ?? "");

describe.each(readdirSync(ATTACKS))("%s", (name) => {
  const bytes = readFileSync(join(ATTACKS, name));
  const plain = file(name.replace(/\.gz$/, ""), name.endsWith(".gz") ? gunzipSync(bytes) : bytes);

  test.each(COMMANDS)("%s %s %s %s %s %s", async (...command) => {
    const args = filled(command as string[], plain, join(folder, "out"), (seed: string) => join(folder, seed));
    expect(await problemOf(...args)).toBe(null);
  });
});

const MEGA = 2 ** 20;
describe.each([
  ["blank lines", "\n".repeat(8 * MEGA)],
  ["one line", "x".repeat(8 * MEGA)],
  ["returns", "\r".repeat(8 * MEGA)],
  ["zeros", "\0".repeat(8 * MEGA)],
  ["parentheses", "(".repeat(8 * MEGA)],
  ["digits", "7".repeat(8 * MEGA)],
  ["hashes", "#\n".repeat(4 * MEGA)],
  ["ends of pools", "\0\0\0\0\0\0\0\x80".repeat(MEGA)],
  ["lengths and ends of pools", "\x10\x27\0\0\0\0\0\0\0\0\0\0\0\0\0\x80".repeat(MEGA / 2)],
  ["marks of messages", "\xff\xff\xff\xff\0\0\x08\0".repeat(MEGA)],
  ["a trace and blank lines", `# OP-TEE 4.0.0 heap event trace, context core\n${"\n".repeat(8 * MEGA)}`],
  ["an arena and blank lines", `arena 4096\n${"\n".repeat(8 * MEGA)}`],
  ["leak lines without newlines", "I/TC: buffer: 24 bytes core/mm/a.c:19 ".repeat(MEGA / 8)],
  ["damaged words of leak lines", `${"uffer: ".repeat(500)}\n`.repeat(1000)],
])("eight megabytes of %s", (name, text) => {
  const path = file(`${name}.bin`, Buffer.from(text, "latin1"));
  test.each([["report"], ["leaks"], ["inspect"], ["replay"], ["check"], ["doctor", "--log"], ["doctor", "--stats"]])(
    "%s %s",
    async (...command) => expect(await problemOf(...command, path)).toBe(null),
  );
});
