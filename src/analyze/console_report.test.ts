// Tests of console_report.ts, on what real boards printed.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { needShared } from "../../test/support/needs.ts";
import { readConsole } from "../recording/console_content.ts";
import { consoleReport } from "./console_report.ts";

const LINES = [
  "I/TC: buffer: 24 bytes core/mm/tee_mm.c:19",
  "I/TC: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:831",
  "E/TC:? 0 Memory allocation failed: size 40000 context 1",
  "E/TC:? 0 TA panicked with code 0xffff000c",
  "E/LD:  Status of TA 7e3a1c0e-0085-4b0a-8d00-74656d656d01",
  "E/LD:   arch: aarch64",
  "E/LD:  region  0: va 0x40005000 pa 0x0e31d000 size 0x002000 flags rw-s (ldelf)",
];
const pieces = LINES.map((line, n) => ({
  time: 1e6 * (n + 1),
  during: n < 3 ? "alloc" : "xtest",
  text: `${line}\r\n`,
}));

it("tells lists, trouble and dumps with their times, in the order of their lines", () => {
  const { name, events, said } = consoleReport(readConsole({ name: "tcp://a:1", pieces }));
  expect([name, said]).toEqual(["tcp://a:1", expect.stringContaining("2 leak lines in 1 list")]);
  expect(events.map(({ time, during, kind, line }) => [time / 1e6, during, kind, line])).toEqual([
    [1, "alloc", "leak list", 1],
    [3, "alloc", "trouble", 3],
    [4, "xtest", "trouble", 4],
    [5, "xtest", "dump", 5],
  ]);
  expect(events[0]?.text).toBe("2 blocks, 40 bytes of the core");
  expect(events[3]?.text).toMatch(/^TA 7e3a1c0e-\S+ panicked with 0xffff000c: /);
});

it("tells only what came during a mark or question", () => {
  const { events } = consoleReport(readConsole({ name: "x", pieces }), "xtest");
  expect(events.map(({ line }) => line)).toEqual([4, 5]);
});

it("of every captured console: the failures show, and a success shows none", (context) => {
  const folder = needShared(context, "reference/boards-2026-11/optee-4.0.0-all/");
  const told = (name: string): string[] => {
    const text = readFileSync(new URL(name, folder), "latin1");
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    return consoleReport(
      readConsole({ name, pieces: lines.map((line, n) => ({ time: n, during: "", text: line })) }),
    ).events.map(({ kind }) => kind);
  };
  const names = readdirSync(folder).filter((name) => name.endsWith(".secure.log"));
  expect(names.length).toBeGreaterThan(20);
  expect(told("03-lab-panic.secure.log")).toContain("dump");
  expect(told("04-lab-abort.secure.log")).toContain("dump");
  expect(told("14-memleak-before.secure.log")).toContain("leak list");
  expect(told("02-lab-oom.secure.log").length).toBeGreaterThan(0);
});
