// Tests of plugin_events.ts: what the plugin wrote in a real run, in pieces, damaged, and replayed.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { everLive, listedBlocks, pluginRows as read } from "../../test/support/plugin_rows.ts";
import { releaseOf } from "../release/releases.ts";
import { verifyTrace } from "../replay/verify.ts";
import { importRecording } from "./import_recording.ts";

const fixture = (name: string): Uint8Array =>
  gunzipSync(readFileSync(new URL(`../../test/fixtures/qemu/${name}.gz`, import.meta.url)));
const WITH_ELF = fixture("sid-all-4.10.0.events");
const WITHOUT = fixture("sid-all-no-elf.events");
const HEAD = "# teemem heap events 1\n# sizes requests\n";
const POOL = "core\t1\t5\tP\t1000\t4096\t0\t0\t0\tf\ta.c:1\n";

describe("a recorded run", () => {
  it.each([
    ["with an ELF file", WITH_ELF],
    ["without", WITHOUT],
  ])("%s replays address by address", async (_, bytes) => {
    const recording = await importRecording(bytes, "heap.events");
    if (!recording.ok) throw new Error(recording.error);
    expect(recording.value.traces.map(({ context }) => context)).toEqual(["core"]);
    const release = releaseOf("4.10.0");
    if (!release.ok) throw new Error(release.error);
    for (const trace of recording.value.traces) {
      expect(trace.length).toBeGreaterThan(280);
      expect(verifyTrace(trace, { release: release.value })).toMatchObject({
        difference: null,
        operations: trace.length,
      });
    }
  });
  it("has at one moment exactly the blocks that --memleak listed", () => {
    const listed = listedBlocks(new TextDecoder().decode(fixture("sid-all-4.10.0.memleak")));
    expect(listed).toHaveLength(78);
    const { rows } = read(WITH_ELF);
    expect(everLive(rows, listed)).toBe(true);
    expect(everLive(rows, [...listed.slice(1), "1 a.c:1"])).toBe(false);
  });
  it("has the peak and the end that --alloc told", () => {
    const { rows } = read(WITH_ELF);
    expect(Math.max(...rows.map(({ allocated = 0 }) => allocated))).toBe(27_520);
    expect(rows.some(({ allocated }) => allocated === 26_000)).toBe(true);
  });
  it("has the alignments that were asked for, found by their effect where they were not seen", () => {
    const alignments = (bytes: Uint8Array) =>
      read(bytes).rows.flatMap(({ op, arg = 0 }) => (op === "memalign" && arg > 16 ? [arg] : []));
    expect(alignments(WITHOUT)).toEqual([4096, 256]);
    expect(alignments(WITH_ELF)).toEqual([]);
  });
  it("has the same places without an ELF file, from the leak headers", () => {
    const places = (bytes: Uint8Array) =>
      read(bytes).rows.flatMap(({ op, place }) => (op === "free" || op === "add_pool" ? [] : [place]));
    expect(places(WITHOUT).slice(0, 100)).toEqual(places(WITH_ELF).slice(0, 100));
  });
});

describe("the bytes", () => {
  it("may come in pieces of any size", () => {
    const whole = read(WITH_ELF);
    const start = WITH_ELF.subarray(0, 2000);
    const some = read(start).rows;
    for (let at = 0; at <= start.length; at++)
      expect(read(start.subarray(0, at), start.subarray(at)).rows).toEqual(some);
    const bytes = Array.from(WITH_ELF, (byte) => Uint8Array.of(byte));
    expect(read(...bytes)).toEqual(whole);
  });
  it("have the turns of TAs between their operations, which count as no events", () => {
    const ta = `ta-${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`;
    const lines = `#enter\t${ta}\t2\t7\tinvoke 3\t0\n#leave\t${ta}\t2\t8\tinvoke 3\tffff0010\n#other\t1\n`;
    const { rows, end } = read(HEAD, POOL, lines, "# end 1\n");
    expect(end).toEqual({ ok: true, value: { events: 1, cut: false, note: "" } });
    const turn = { heap: ta, instance: 2, thread: "-", name: "invoke 3" };
    expect(rows.slice(1)).toEqual([
      { ...turn, op: "enter", time: 7, result: 0 },
      { ...turn, op: "leave", time: 8, result: 0xffff0010 },
    ]);
  });
  it("may end anywhere: whole lines count, and the end is missed", () => {
    for (let at = HEAD.length; at < HEAD.length + POOL.length; at++) {
      const { rows, end } = read((HEAD + POOL).slice(0, at));
      expect(rows).toEqual([]);
      expect(end).toEqual({ ok: true, value: { events: 0, cut: true, note: "" } });
    }
    expect(read(HEAD, POOL, "# end 1\n").end).toEqual({ ok: true, value: { events: 1, cut: false, note: "" } });
  });
  it.each([
    ["", "not the output of teemem's QEMU plugin"],
    ["# another file\n", "line 1: not the output of teemem's QEMU plugin"],
    [`${HEAD}${POOL}# end 2\n`, "2 events were written, and 1 are in it: it is damaged"],
    [`${HEAD}# end 0\n${POOL}`, "line 4: there are events behind the end"],
    [`${HEAD}#enter\tta\t1\t7\topen\t0\n`, "line 3: 'ta' is no heap"],
    [`${HEAD}#enter\tcore\t1\t-\topen\t0\n`, "line 3: '-' is no number"],
    [`${HEAD}#leave\tcore\t1\t7\topen\t0x1\n`, "line 3: '0x1' is no number"],
    [`${HEAD}#leave\tcore\t1\t7\tleave\t0\n`, "line 3: 'leave' is no entry of a TA"],
    [`${HEAD}${POOL}#enter\tcore\t1\t4\topen\t0\n`, "line 4: the time goes back"],
    [HEAD + POOL.replace("core", "cor"), "line 3: 'cor' is no heap"],
    [HEAD + POOL.replace("P", "p"), "line 3: 'p' is no operation"],
    [HEAD + POOL.replace("4096", "-4096"), "line 3: '-4096' is no number"],
    [HEAD + POOL.replace("1000", "x"), "line 3: 'x' is no number"],
    [HEAD + POOL.replace("\t0\t0", "\t0"), "line 3: expected 11 columns, found 10"],
    [HEAD + POOL + POOL.replace("\t5\t", "\t4\t"), "line 4: the time goes back"],
    [HEAD + "x".repeat(20_000), "line 3: the line is too long"],
  ])("%j is wrong", (text, error) => {
    expect(read(text).end).toEqual({ ok: false, error });
  });
  it("never throw when they are damaged, and never give rows that are none", () => {
    const start = WITH_ELF.subarray(0, 3000);
    for (let at = 0; at < start.length; at++) {
      const damaged = start.slice();
      damaged[at] = (damaged[at] ?? 0) ^ (1 + ((at * 7) % 255));
      for (const row of read(damaged).rows) {
        const { time = 0, size = 0, arg = 0, allocated = 0, result = 0, pointer = 0 } = row;
        for (const one of [time, size, arg, allocated, result, pointer]) expect(one).toBeGreaterThanOrEqual(0);
      }
    }
  });
});
