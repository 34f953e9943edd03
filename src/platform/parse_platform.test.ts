// Tests of parse_platform.ts.
import { describe, expect, it } from "vitest";
import { platformFiles } from "../../test/support/platform_files.ts";
import { SMALL_CALLS, smallPlatform } from "../../test/support/small_platform.ts";
import { parsePlatform } from "./parse_platform.ts";
import { SITE_USES } from "./site_names.ts";

/** The error of a platform that is changed; empty if there is none. */
function errorOf(changes: Readonly<Record<string, string>>): string {
  const platform = parsePlatform(smallPlatform(changes));
  return platform.ok ? "" : platform.error;
}

const manifest = (change: (json: Record<string, never>) => void): Record<string, string> => {
  const json = JSON.parse(smallPlatform().get("platform.json") ?? "");
  change(json);
  return { "platform.json": JSON.stringify(json) };
};

describe("a platform", () => {
  it("is read from its files", () => {
    const platform = parsePlatform(smallPlatform({ "core_sites.txt": SMALL_CALLS }));
    if (!platform.ok) throw new Error(platform.error);
    const { name, version, core, ta, boot, load, sites, missing } = platform.value;
    expect([name, version, core, ta.word]).toEqual([
      "small-32",
      "4.0.0",
      { word: 4, heapBase: 0xe300000, heapSlack: 0, ram: null },
      4,
    ]);
    expect(boot).toEqual({
      steps: [
        { op: "C", of: 0, size: 16, file: "core/arch/arm/kernel/boot.c", line: 899 },
        { op: "R", of: 1, size: 40, file: "core/mm/core_mmu.c", line: 388 },
      ],
      missing: "the trace ends here",
    });
    expect(load).toEqual({ steps: [], missing: "no application was loaded" });
    expect(sites.get("call.shared_memory")).toEqual({
      name: "call.shared_memory",
      zeroed: true,
      fixed: 40,
      unit: 4,
      file: "core/arch/arm/mm/mobj_dyn_shm.c",
      line: 317,
      how: "inferred",
      note: "",
      end: { file: "core/arch/arm/mm/mobj_dyn_shm.c", line: 134, wiped: false, how: "inferred", note: "" },
    });
    expect(missing.get("storage.node")).toBe("no object was stored");
    expect(sites.size + missing.size).toBe(Object.keys({ ...SITE_USES.core, ...SITE_USES.ta }).length);
  });

  it("of the real one needs every row of every call site: none is left out unnoticed", () => {
    for (const file of ["core_sites.txt", "ta_sites.txt"]) {
      const files = platformFiles("qemu_v8-4.0.0");
      const lines = (files.get(file) ?? "").split("\n");
      for (const [n, line] of lines.entries()) {
        if (!/^\w+\.\w+ /.test(line)) continue;
        files.set(file, lines.filter((_, other) => other !== n).join("\n"));
        const [name = ""] = line.split(" ");
        expect(parsePlatform(files)).toMatchObject({ ok: false, error: expect.stringContaining(name) });
      }
    }
  });
});

describe("what is wrong is said", () => {
  it.each<[string, Record<string, string>, string]>([
    [
      "sizes of another word",
      { "boot.txt": "word 8\nC 32 a.c:1" },
      "boot.txt: its sizes are those of words of 8 bytes, but the core has words of 4",
    ],
    [
      "sizes of another word in a TA",
      { "ta_sites.txt": "word 8\nmissing *" },
      "but a trusted application has words of 4",
    ],
    ["no word", { "load.txt": "C 32 a.c:1" }, "load.txt: say first 'word 4' or 'word 8'"],
    [
      "a call site that is not there",
      { "core_sites.txt": SMALL_CALLS.replace(/call.region.*\n/g, "") },
      "core_sites.txt lacks call.region: give",
    ],
    [
      "one that nobody asks for",
      { "core_sites.txt": `${SMALL_CALLS}call.other C 8 a.c:1 measured\n` },
      "core_sites.txt:20: 'call.other C 8 a.c:1 measured': the code asks for no such call site",
    ],
    [
      "a pattern without any",
      { "core_sites.txt": `${SMALL_CALLS}missing other.* why\n` },
      "the code asks for no such call site",
    ],
    [
      "one that is both",
      { "core_sites.txt": `${SMALL_CALLS}missing call.region why\n` },
      "call.region has rows, but also a line with 'missing'",
    ],
    ["a size of 0", { "core_sites.txt": SMALL_CALLS.replace("C 112", "C 0") }, "its size is a number, or grows"],
    ["a fixed size that grows", { "core_sites.txt": SMALL_CALLS.replace("C 112", "C 8n") }, "its size is fixed"],
    [
      "a growing size that is fixed",
      { "core_sites.txt": SMALL_CALLS.replace("40+4n", "44") },
      "its size grows with n, the number of pages",
    ],
    [
      "two rows that allocate",
      { "core_sites.txt": `${SMALL_CALLS}call.region C 36 a.c:1 measured\n` },
      "a name has one row with M or C",
    ],
    [
      "two rows that free",
      { "core_sites.txt": `${SMALL_CALLS}call.region F - a.c:1 measured\n` },
      "one row with F or W",
    ],
    [
      "an end of what stays",
      { "core_sites.txt": `${SMALL_CALLS}call.pseudo_ta F - a.c:1 measured\n` },
      "call.pseudo_ta is never freed",
    ],
    [
      "no end",
      { "core_sites.txt": SMALL_CALLS.replace(/call.session F.*\n/, "") },
      "call.session lacks its row with F or W",
    ],
    [
      "no place",
      { "core_sites.txt": SMALL_CALLS.replace("vm.c:307", "vm.c") },
      "its call site is FILE:LINE, or ? where it is unknown",
    ],
    [
      "no evidence",
      { "core_sites.txt": SMALL_CALLS.replace("307 inferred", "307 guessed") },
      "comes one of measured, inferred, analogy",
    ],
    ["a block that is not there", { "boot.txt": "word 4\nF 1 a.c:1" }, "its block is one of the 0"],
    ["a free of nothing", { "boot.txt": "word 4\nF 0 a.c:1" }, "its block is one of the 0"],
    ["another operation", { "boot.txt": "word 4\nX 1 a.c:1" }, "begins with M, C, A, R, F, W, P or missing"],
    ["an alignment that is none", { "boot.txt": "word 4\nA 12 8 a.c:1" }, "its alignment is a power of two"],
    ["a pool without a size", { "boot.txt": "word 4\nP 64 a.c:1" }, "its size is a number above 0"],
    ["a part that nobody has", { "load.txt": "word 4\nM 16 a.c:1 roof" }, "at most a part: bbuf"],
    ["no size", { "boot.txt": "word 4\nM x a.c:1" }, "its size is a number above 0"],
    ["no JSON", { "platform.json": "{" }, "platform.json is no JSON"],
    [
      "a word of 2",
      manifest((json) => Object.assign(json.core as never, { word: 2 })),
      "platform.json: core.word is 4 or 8",
    ],
    ["a name of blanks", manifest((json) => Object.assign(json, { name: "a b" })), "name is at most 60 letters"],
    ["an old release", manifest((json) => Object.assign(json, { optee: "3.0" })), "optee: OP-TEE 3.0 is older"],
    ["half a page", manifest((json) => Object.assign(json.ta as never, { ramSize: 100 })), "whole pages"],
    [
      "a text for a number",
      manifest((json) => Object.assign(json.core as never, { heapSlack: "1" })),
      "core.heapSlack is a number",
    ],
    ["no pages", manifest((json) => Object.assign(json.ta as never, { pages: [] })), "ta.pages is an object"],
    ["no list", manifest((json) => Object.assign(json, { provenance: {} })), "provenance is a list"],
    [
      "no source",
      manifest((json) => Object.assign(json, { provenance: [{ of: "x", how: "seen" }] })),
      "provenance.source is a text; provenance.how is one of",
    ],
  ])("%s", (_what, changes, message) => {
    expect(errorOf(changes)).toContain(message);
  });

  it("names the files that are not there", () => {
    const files = smallPlatform();
    files.delete("boot.txt");
    expect(parsePlatform(files)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/: boot\.txt missing here$/),
    });
  });
});
