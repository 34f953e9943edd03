// Statistics as people paste them into public threads: what is read, what is missing, what follows from it.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { triage } from "../src/analyze/triage/triage.ts";
import { importText } from "../src/recording/import_text.ts";
import { createContentReader, type TextContent } from "../src/recording/text_content.ts";
import { recordingSource } from "../src/source/file/recording_source.ts";
import { type Found, scan } from "../src/xtest/scan.ts";
import type { PrintedRecord } from "../src/xtest/stat_lines.ts";

const FOLDER = fileURLToPath(new URL("./fixtures/reports/", import.meta.url));

function read(number: string): string {
  const name = readdirSync(FOLDER).find((one) => one.startsWith(`${number}-`));
  return readFileSync(`${FOLDER}${name ?? number}`, "utf8");
}

/** `Heap 10 20 30 0 0 0`: a pool with all counters, a question mark for each that is not known. */
function figures(pool: PrintedRecord): string {
  const { name, allocated, maxAllocated, size, failures, biggestFailure, biggestFailureUsed } = pool;
  const all = [allocated, maxAllocated, size, failures, biggestFailure, biggestFailureUsed];
  return [name, ...all.map((value) => value ?? "?")].join(" ").trim();
}

function shown(found: Found): string[] {
  if (found.kind === "alloc") return found.value.map(figures);
  if (found.kind === "ta")
    return found.value.map(({ uuid, panicked, sessions, heap }) =>
      [uuid, panicked ?? "?", sessions ?? "?", figures(heap)].join(" ").trim(),
    );
  return [JSON.stringify(found)];
}

/** As every command reads a text. */
function contentOf(text: string): TextContent {
  const reader = createContentReader("a text");
  reader.push(new TextEncoder().encode(text));
  return reader.end();
}

/** The ids of the answers that the last report of each kind supports. */
function answers(text: string): string[] {
  const { pools, tas } = contentOf(text);
  return triage({ ...(pools === undefined ? {} : { pools }), ...(tas === undefined ? {} : { tas }) }).map(
    ({ id }) => id,
  );
}

const FULL = "Heap 44288 128912 131072 3 4624 112304";
const TA = "1 26112 32208 32752 2 4096 30112";
const ZEROS = "4d573443-6a56-4272-ac6f-2425af9ef9bb 0 1 0 0 0 0 0 0";

describe.each([
  [
    "33",
    [
      ["Heap 20704 31488 131072 0 0 0", "Secure DDR 819200 1212416 29360128 0 0 0"],
      [FULL, "Secure DDR 819200 5083136 29360128 0 0 0"],
    ],
    ["core-heap-counted", "fragmented"],
  ],
  ["34", [[FULL]], ["core-heap-counted", "fragmented"]],
  ["34b", [[`<MY_TA> 0 ${TA}`]], ["ta-heap-counted"]],
  ["34c", [["? ? 26112 32208 32752 2 4096 30112"]], ["ta-heap-counted"]],
  ["34d", [["Heap 8128 35936 66512 1 268435456 4992"], ["Heap 10432 41776 66512 2 268435456 4992"]], []],
  ["34e", [[FULL]], ["core-heap-counted", "fragmented"]],
  ["50", [[ZEROS]], ["stats-zeros-busy"]],
  ["50b", [[ZEROS]], ["stats-zeros-busy"]],
  [
    "63",
    [
      [
        "Heap 17648 18704 199296 0 0 0",
        "0 0 0 0 0 0",
        "Physical TA memory 909312 2097152 15728640 0 0 0",
        "0 0 0 0 0 0",
        "0 0 0 0 0 0",
      ],
    ],
    [],
  ],
])("%s", (number, reports, ids) => {
  test("is read report by report", () => {
    expect(scan(read(number)).map(shown)).toEqual(reports);
  });

  test("supports the right answers", () => {
    expect(answers(read(number))).toEqual(ids);
  });
});

test("a pool of any release is found by its name in a recording", async () => {
  const recording = importText(contentOf(read("63")));
  if (!recording.ok) throw new Error(recording.error);
  const answer = await recordingSource("file:63.out", recording.value).ask("alloc");
  if (!answer.ok) throw new Error(answer.error.text);
  expect(answer.value.pools.map(figures)).toEqual([
    "Heap 17648 18704 199296 0 0 0",
    "Physical TA memory 909312 2097152 15728640 0 0 0",
  ]);
});

test("two reports of one text are two samples", () => {
  for (const [number, grown] of [
    ["33", 23584],
    ["34d", 2304],
  ] as const) {
    const recording = importText(contentOf(read(number)));
    if (!recording.ok) throw new Error(recording.error);
    const heaps = recording.value.samples
      .filter(({ heap }) => heap === "Heap")
      .map(({ stats }) => stats.allocated ?? -1);
    expect([heaps.length, (heaps[1] ?? 0) - (heaps[0] ?? 0)], number).toEqual([2, grown]);
  }
});

test("a TA whose UUID is not readable is a TA", async () => {
  for (const [number, uuid] of [
    ["34b", "<MY_TA> (the UUID is not readable)"],
    ["34c", "a TA without its UUID"],
  ] as const) {
    const content = contentOf(read(number));
    expect([content.summary.pools, content.summary.tas]).toEqual([0, 1]);
    const recording = importText(content);
    if (!recording.ok) throw new Error(recording.error);
    const source = recordingSource("file:x", recording.value);
    expect(await source.ask("ta")).toMatchObject({
      ok: true,
      value: [{ uuid, heap: { allocated: 26112, size: 32752 } }],
    });
  }
});
