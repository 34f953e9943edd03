// What is said of findings, and which ones suppressions take.
import { describe, expect, test } from "vitest";
import { FINDINGS } from "../../../test/support/findings.ts";
import type { RecordedFinding } from "../../recording/finding_rows.ts";
import { FINDING_KINDS, type Finding } from "../../tee/monitor/finding.ts";
import { groupFindings } from "./finding_group.ts";
import { findingSentence, findingStacks, lineToMend, objectWords } from "./finding_words.ts";
import { suppress } from "./suppress.ts";
import { parseSuppressions, type Suppression } from "./suppression.ts";
import { suppressionText } from "./suppression_text.ts";

const groups = groupFindings(FINDINGS);
const [overrun, afterFree] = FINDINGS as readonly [RecordedFinding, RecordedFinding];

describe("equal findings", () => {
  test("are one, with their number and the time of the last", () => {
    const again = { ...overrun, time: 5000, times: 4, instance: 2, session: 9 };
    const [first, second, ...more] = groupFindings([overrun, afterFree, again]);
    expect([first?.times, first?.last, first?.first, second?.times, more]).toEqual([5, 5000, overrun, 1, []]);
  });

  test("are not those of another TA, another kind or another stack", () => {
    const others = [
      { ...overrun, uuid: "other" },
      { ...overrun, finding: { ...overrun.finding, kind: "invalid-read" as const } },
      { ...overrun, finding: { ...overrun.finding, stack: "ta/x.c:1\tx" } },
    ];
    expect(groupFindings([overrun, ...others])).toHaveLength(4);
  });

  test("of blocks that leak are told by where those were allocated, their bytes added up", () => {
    const leak = (size: number, allocated: string, times: number): RecordedFinding => {
      const object = { kind: "heap", name: "", size, offset: 0, allocated } as const;
      return { ...overrun, times, finding: { kind: "leak", stack: "", object, detail: "" } };
    };
    const found = groupFindings([leak(4, "a.c:1\ta", 2), leak(8, "a.c:1\ta", 1), leak(1, "b.c:1\tb", 1)]);
    expect(found.map(findingSentence)).toEqual(["16 bytes in 3 blocks lost", "1 byte in 1 block lost"]);
    expect(found.map(({ first }) => lineToMend(first.finding)?.place)).toEqual(["a.c:1", "b.c:1"]);
  });
});

describe("the words", () => {
  test("say what, and whose", () => {
    expect(groups.map(findingSentence)).toEqual([
      "Invalid write of size 1. Address 0x101d0 is 0 bytes after a block of 16 bytes",
      "Use after free: read of size 1. Address 0x10230 is 0 bytes inside a freed block of 11 bytes",
      "Double free. It is a freed block of 7 bytes",
      "Invalid write of size 4. Address 0x8f0 is 0 bytes after the variable counts of 40 bytes",
      "Invalid read of size 4. Address 0x420 is 0 bytes after the global variable names of 32 bytes (3 times)",
      "Invalid read of size 4. Address 0x4 is NULL and 4 bytes",
      "Use of uninitialised value. It is 6 bytes inside a block of 32 bytes. 26 bytes that leave the TA were never written",
      "Integer overflow: unsigned integer overflow: 268435457 * 16",
      "Client memory read twice: read of size 4. Address 0x20000 is 0 bytes inside the parameter params[0] of 7 bytes. first read in line 30",
      "8 bytes in 2 blocks lost",
      "Invalid free",
      "Grows from command to command. 20 bytes more after each invoke 14",
    ]);
    // These are how a run ended, and have no object.
    const ends = ["panic", "endless", "stack-overflow"];
    const kinds = Object.keys(FINDING_KINDS).filter((kind) => !ends.includes(kind));
    expect(new Set(FINDINGS.map(({ finding }) => finding.kind))).toEqual(new Set(kinds));
  });

  test.each([
    [-1, 1, "Address 0x10 is 1 byte before a block of 8 bytes"],
    [-4, 8, "Address 0x10 is 4 bytes before a block of 8 bytes"],
    [7, 1, "Address 0x10 is 7 bytes inside a block of 8 bytes"],
    [7, 2, "Address 0x10 is 7 bytes inside, and ends 1 byte after, a block of 8 bytes"],
    [9, 1, "Address 0x10 is 1 byte after a block of 8 bytes"],
  ])("of an access at %i of 8 bytes", (offset, bytes, text) => {
    const object = { kind: "heap", name: "", size: 8, offset } as const;
    const access = { write: true, bytes, address: 16 };
    expect(objectWords({ kind: "invalid-write", stack: "", access, object, detail: "" })).toBe(text);
  });

  test("of what C leaves undefined are those of the compiler", () => {
    const detail = "signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'";
    const [group] = groupFindings([{ ...overrun, finding: { kind: "undefined", stack: "a.c:1\ta", detail } }]);
    expect(group && findingSentence(group)).toBe(`Undefined behaviour: ${detail}`);
  });

  test("of an address that is nothing's", () => {
    const access = { write: false, bytes: 4, address: 0xdead };
    const finding: Finding = { kind: "invalid-read", stack: "", access, detail: "" };
    expect(objectWords(finding)).toBe("Address 0xdead is in no block");
    const object = { kind: "unknown", name: "", size: 0, offset: 0 } as const;
    expect(objectWords({ ...finding, object })).toBe("Address 0xdead is in no block");
  });

  test("the line to mend is the TA's own, and never where a block was freed", () => {
    expect(groups.map(({ first }) => lineToMend(first.finding)?.place)).toContain("ta/heap.c:18");
    const freed = { ...afterFree.finding, stack: "", object: { ...heapObject, freed: "f.c:1\tf" } };
    expect(lineToMend(freed)).toBeNull();
    expect(findingStacks(freed).map(({ heading }) => heading)).toEqual(["It was freed"]);
  });
});

test("stacks end with the TA's own code: the library through which all calls enter is left out", () => {
  const entry = "teemem/ta/src/entry.c:151\tinvoke\nlib/libutee/user_ta_entry.c:9\t__utee_entry";
  const stack = (text: string) =>
    findingStacks({ kind: "leak", stack: text, detail: "" })[0]?.frames.map(({ func }) => func);
  expect(stack(`ta/x.c:1\tx\n${entry}`)).toEqual(["x"]);
  expect(stack(`lib/libutee/tee_api.c:5\tTEE_Malloc\nta/x.c:1\tx\n${entry}`)).toEqual(["TEE_Malloc", "x"]);
  expect(stack(entry)).toEqual(["invoke", "__utee_entry"]);
});

test("an address is NULL, near it, or what TEE_Malloc gives for 0 bytes", () => {
  const words = (offset: number): string =>
    objectWords({
      kind: "invalid-write",
      stack: "",
      detail: "",
      access: { address: offset, bytes: 1, write: true },
      object: { kind: "null", name: "", size: 0, offset, allocated: "" },
    });
  expect([0, 1, 2].map(words)).toEqual([
    "Address 0x0 is NULL",
    "Address 0x1 is NULL and 1 byte, which TEE_Malloc gives for 0 bytes",
    "Address 0x2 is NULL and 2 bytes",
  ]);
});

const heapObject = { kind: "heap", name: "", size: 8, offset: 0 } as const;

function parsed(text: string): Suppression[] {
  const read = parseSuppressions(text);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

/** Kinds of the findings that are taken. */
function taken(text: string): string[] {
  return suppress(groups, parsed(text)).suppressed.map(({ group }) => group.first.finding.kind);
}

describe("suppressions", () => {
  test.each([
    ["a kind", "double-free", ["double-free"]],
    ["of a TA by its name", "double-free in b*s", ["double-free"]],
    ["of a TA by its UUID", "double-free in bccbe7f3-*", ["double-free"]],
    ["of another TA", "double-free in aes", []],
    ["all of a function", "*\n  level", ["invalid-read"]],
    ["all of a file", "*\n  * ta/tables.c", ["invalid-write", "invalid-read", "invalid-read"]],
    ["all of a file, by the end of its path", "*\n  * tables.c", ["invalid-write", "invalid-read", "invalid-read"]],
    ["all of a file, by a longer path", "*\n  * bugs/ta/tables.c:32", ["invalid-read"]],
    ["no file that ends alike", "*\n  * ables.c", []],
    ["one line", "*\n  * ta/tables.c:32", ["invalid-read"]],
    ["another line", "*\n  * ta/tables.c:3", []],
    ["a function anywhere", "use-after-free\n  ...\n  TA_Invoke* */bugs_ta.c", ["use-after-free"]],
    ["a function right below", "use-after-free\n  note_read\n  TA_InvokeCommandEntryPoint", ["use-after-free"]],
    ["a function not right below", "use-after-free\n  TA_InvokeCommandEntryPoint", []],
    ["more frames than there are", "use-after-free\n  note_read\n  TA_*\n  main", []],
    ["the frames of what leaks", "leak\n  packet", ["leak"]],
  ])("take %s", (_, text, kinds) => {
    expect(taken(text)).toEqual(kinds);
  });

  test("have reasons, lines, and say where they took nothing", () => {
    const text = "# of the vendor,\n# reported\nleak\n  packet\n\n# lost\n\ndouble-free in aes\n";
    const { suppressed, unused, shown } = suppress(groups, parsed(text));
    expect(suppressed.map(({ by }) => [by.line, by.why])).toEqual([[3, "of the vendor, reported"]]);
    expect(unused.map(({ line, why }) => [line, why])).toEqual([[8, ""]]);
    expect(shown).toHaveLength(groups.length - 1);
  });

  test.each([
    ["a kind that is none", "leaks\n", 1],
    ["words behind the TA", "leak in aes now\n", 1],
    ["another word than in", "leak of aes\n", 1],
    ["a frame without a kind", "\n  main\n", 2],
    ["a frame of three words", "leak\n  main main.c 7\n", 2],
  ])("are refused: %s", (_, text, line) => {
    expect(parseSuppressions(text)).toMatchObject({ ok: false, error: expect.stringContaining(`line ${line}: `) });
  });

  test("that were generated take each its finding and no other", () => {
    const all = parsed(suppressionText(groups));
    expect(all).toHaveLength(groups.length);
    const { suppressed, unused, shown } = suppress(groups, all);
    expect([shown, unused]).toEqual([[], []]);
    expect(suppressed.map(({ by, group }) => all.indexOf(by) === groups.indexOf(group))).not.toContain(false);
  });

  test("that were generated survive names with blanks and lines", () => {
    const odd = {
      ...overrun,
      ta: "my ta",
      finding: { ...overrun.finding, stack: "a b.c:1\toperator new\n\tf#", detail: "x\ny" },
    };
    const text = suppressionText(groupFindings([odd]));
    expect(suppress(groupFindings([odd]), parsed(text)).shown).toEqual([]);
  });
});
