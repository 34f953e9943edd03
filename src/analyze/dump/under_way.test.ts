// Tests of under_way.ts on a real OP-TEE 4.10.0 that was stopped while its heap's lock was held.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { DumpReport } from "./dump_report.ts";
import { heapsIn, reportImageHeap } from "./image.ts";

type Part = readonly [at: number, base64: string];
const read = (name: string): Buffer =>
  gunzipSync(readFileSync(new URL(`../../../test/fixtures/qemu/${name}.gz`, import.meta.url)));
const base = new Uint8Array(read("under-way-base.bin"));
const moments = JSON.parse(read("under-way.json").toString()) as readonly (readonly Part[])[];
const core = heapsIn(base, 8, 0xe000000).find(({ owner }) => owner.kind === "core" && !owner.scratch);
const LOCK = 144;

/** The core's heap at a moment; `change` may damage the memory before it is looked at. */
function reportAt(moment: number, change: (bytes: Uint8Array, view: DataView) => void = () => {}): DumpReport {
  if (core === undefined) throw new Error("no heap");
  const { bytes, view } = core.m;
  bytes.set(gunzipped);
  for (const [at, base64] of moments[moment] ?? []) bytes.set(Buffer.from(base64, "base64"), at);
  change(bytes, view);
  return reportImageHeap(core, {});
}
const gunzipped = Uint8Array.from(base);
const place = core?.place?.at ?? 0;

// What each block waits for when the lock is held: nothing, the header behind it, a half cleared leak header, a missing
// footer, a leak header, the release itself, its counting, the union with the next block, the links of a list.
const STEPS = [
  undefined,
  "operation",
  "release",
  "allocation",
  "allocation",
  "release",
  "allocation",
  "operation",
  "operation",
];

test.each(STEPS.map((step, n) => [n, step] as const))("moment %i: %s, and nothing is damaged", (n, step) => {
  const { damage, inFlight, counted } = reportAt(n);
  expect(counted?.lock).not.toBe(0);
  expect([damage, inFlight?.step]).toEqual([[], step]);
});

test.each(STEPS.flatMap((step, n) => (step === undefined ? [] : [n])))(
  "moment %i without a held lock is damage: nothing was under way",
  (n) => {
    const { damage, inFlight } = reportAt(n, (_bytes, view) => view.setUint32(place + LOCK, 0, true));
    expect(damage.length).toBeGreaterThan(0);
    expect(inFlight).toBeNull();
  },
);

test("damage elsewhere is damage, and so is one that the counters do not explain", () => {
  for (const n of STEPS.keys()) {
    const { inFlight, pools } = reportAt(n);
    const used = (pools[0]?.blocks ?? []).filter(({ at, free }) => !free && at !== inFlight?.at);
    const other = used.at(-3);
    const offset = reportAt(n).offset;
    // The magic number of a leak header, and the size of another block.
    const torn = reportAt(n, (bytes) =>
      bytes.fill(0x41, offset + (other?.at ?? 0) + 16 + 28, offset + (other?.at ?? 0) + 16 + 32),
    );
    if (inFlight !== null) expect([n, torn.damage.length > 0]).toEqual([n, true]);
    const wrong = reportAt(n, (_bytes, view) => view.setBigInt64(place + 32, 123_456n, true));
    if (inFlight?.step === "operation") expect([n, wrong.damage.length > 0]).toEqual([n, true]);
  }
});
