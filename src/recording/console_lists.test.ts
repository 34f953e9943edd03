// Tests of console_lists.ts.
import { expect, it } from "vitest";
import { readConsole } from "./console_content.ts";
import { unknownLists, withConsoleLists } from "./console_lists.ts";
import { importLists } from "./import_console.ts";
import { listsOf } from "./list_row.ts";
import type { Recording } from "./recording.ts";

const lines = (sender: string): string[] => [
  `I/${sender}: buffer: 24 bytes core/mm/tee_mm.c:19\r\n`,
  `I/${sender}: buffer: 16 bytes lib/libutils/isoc/bget_malloc.c:831\r\n`,
];
const console = readConsole({
  name: "x",
  pieces: [...lines("TC"), "D/TC:? 0 tick\n", ...lines("TA"), ...lines("TC")].map((text, n) => ({
    time: 1000 * (n + 1),
    during: "",
    text,
  })),
});
const EMPTY: Recording = { origin: "x", version: "", traces: [], samples: [], entries: [] };

/** A recording whose heaps of these names are known. */
function knowing(...contexts: string[]): Recording {
  const made = importLists(readConsole({ name: "y", pieces: [] }).content.leaks.lists, "y");
  expect(made.ok).toBe(false);
  const list = importLists(console.content.leaks.lists.slice(0, 1), "y");
  if (!list.ok) throw new Error(list.error);
  const [trace] = list.value.traces;
  if (trace === undefined) throw new Error("no trace");
  const traces = contexts.map((context) => ({ ...trace, context }));
  const entries = traces.map((_, n) => ({ trace: n, instance: 0, name: contexts[n] ?? "", from: 0, to: 1, uuid: "" }));
  return { ...EMPTY, traces, entries };
}

it("gives the lists as heaps, an instance for each, with the time at which they began", () => {
  const { traces } = withConsoleLists(EMPTY, console);
  expect(traces.map(({ context, instances }) => [context, instances.length])).toEqual([
    ["core", 2],
    ["ta", 1],
  ]);
  expect([...new Set(traces[0]?.time)]).toEqual([1000, 6000]);
  expect(traces.map((trace) => listsOf(trace)?.map(({ state }) => state))).toEqual([["whole", "whole"], ["whole"]]);
});

it("leaves out those of heaps whose operations were recorded", () => {
  const senders = (recording: Recording): string[] => unknownLists(recording, console).map(({ from }) => from);
  expect(senders(EMPTY)).toEqual(["TC", "TA", "TC"]);
  expect(senders(knowing("core"))).toEqual(["TA"]);
  expect(senders(knowing("ta-00000000-0000-0000-0000-000000000001"))).toEqual(["TC", "TC"]);
});

it("keeps each entry with its trace", () => {
  const { traces, entries } = withConsoleLists(knowing("ta-1", "ta-2"), console);
  expect(entries.map(({ trace, name }) => [traces[trace]?.context, name])).toEqual([
    ["ta-1", "ta-1"],
    ["ta-2", "ta-2"],
  ]);
  expect(traces[0]?.context).toBe("core");
});
