// Golden: what real systems printed is parsed, and printed again to the same bytes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { shared } from "../../test/support/shared.ts";
import { SINCE_4_6 } from "../release/since_4_6.ts";
import { faultMessage } from "./fault.ts";
import { printHelp } from "./help.ts";
import { parseLeaks, printLeak } from "./leaks.ts";
import { parseHelp, parseUsage } from "./match.ts";
import { releaseOfReport } from "./parse.ts";
import { printAlloc, printFailure, printPager, printTa, printTime } from "./print.ts";
import { type Found, scan } from "./scan.ts";
import { printUsage } from "./usage.ts";

const FIXTURES = fileURLToPath(new URL("../../test/fixtures/xtest", import.meta.url));
const REFERENCE = shared("reference");

function read(path: string): string {
  const bytes = readFileSync(path);
  // A raw serial line ends its lines with CR LF.
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1").replaceAll("\r\n", "\n");
}

function filesOf(folder: string, ...ends: string[]): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => ends.some((end) => name.endsWith(end)))
    .sort()
    .map((name) => join(folder, name));
}

const folders = [FIXTURES, ...(REFERENCE === null ? [] : [fileURLToPath(REFERENCE)])];
/** Captures of xtest that was killed while it printed: their last report has no end, which the scan says. */
const CUT = ["boards-2026-11/optee-4.0.0-all/27-kill-supplicant.out"];
const outputs = folders
  .flatMap((folder) => filesOf(folder, ".out", ".out.gz"))
  .filter((path) => !CUT.some((end) => path.endsWith(end)));
const logs = folders.flatMap((folder) => filesOf(folder, ".secure.log", ".secure.log.gz"));

function printed(found: Found): string {
  if (found.kind === "alloc") return printAlloc(found.value, releaseOfReport(found.value));
  if (found.kind === "ta") return printTa(found.value, SINCE_4_6);
  if (found.kind === "pager") return printPager(found.value);
  if (found.kind === "time") return printTime(found.value);
  if (found.kind === "failure") return printFailure(found.value);
  throw new Error(faultMessage(found.value));
}

/** Reports a file must hold, counted without the parser. */
function count(text: string, head: RegExp): number {
  return text.match(head)?.length ?? 0;
}

describe.each(outputs)("%s", (path) => {
  const text = read(path);
  const lines = text.split("\n");
  const found = scan(text);

  test("every report prints back to its bytes", () => {
    for (const item of found) {
      expect(printed(item)).toBe(`${lines.slice(item.from - 1, item.to).join("\n")}\n`);
    }
  });

  test("no report is missed", () => {
    const of = (kind: Found["kind"]) => found.filter((item) => item.kind === kind);
    const tas = of("ta").flatMap((item) => (item.kind === "ta" ? item.value : []));
    expect(of("alloc").length).toBe(count(text, /^Pool: {16}Heap$/gm));
    expect(tas.length).toBe(count(text, /^ta\(/gm));
    expect(of("pager").length).toBe(count(text, /^Pager statistics/gm));
    expect(of("time").length).toBe(count(text, /^REE time/gm));
    expect(of("failure").length).toBe(count(text, /^xtest: TEEC/gm));
    for (const item of of("alloc")) {
      if (item.kind === "alloc") expect(item.value.length).toBe(releaseOfReport(item.value).pools.length);
    }
  });

  test("the same with CR LF", () => {
    expect(scan(text.replaceAll("\n", "\r\n"))).toEqual(found);
  });

  if (/\/0[123]-stats-[^/]*\.out$/.test(path)) {
    test("is the usage", () => {
      const release = parseUsage(text);
      expect(release.ok && printUsage(release.value)).toBe(text);
      expect(release.ok && release.value.since).toBe(path.includes("4.0.0") ? "4.0" : "4.1");
    });
  }

  if (path.endsWith("/12-xtest-help.out")) {
    test("is the help", () => {
      const release = parseHelp(text);
      expect(release.ok && printHelp(release.value)).toBe(text);
      expect(release.ok && release.value.since).toBe(path.includes("4.0.0") ? "4.0" : "4.1");
    });
  }
});

describe.each(logs)("%s", (path) => {
  test("every leak line prints back", () => {
    const text = read(path);
    const { leaks, odd } = parseLeaks(text);
    // A `*` says that two cores printed at once.
    const lines = text
      .split("\n")
      .filter((line) => line.includes("buffer: "))
      .map((line) => line.replace(/^\*/, ""));
    expect(odd).toEqual([]);
    expect(leaks.map((leak) => printLeak(leak, leak.from).trimEnd())).toEqual(lines);
  });
});

test("the captures cover every kind of report", () => {
  const all = outputs.filter((path) => path.startsWith(FIXTURES)).flatMap((path) => scan(read(path)));
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(["alloc", "ta", "pager", "time", "failure"]));
  expect(all.some((item) => item.kind === "ta" && item.value.length > 1)).toBe(true);
});
