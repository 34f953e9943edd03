// Tests of the folder that keeps Asyncify's modules.
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { err, ok } from "../../base/result.ts";
import { keptAsyncify } from "./kept_asyncify.ts";
import { writeOffsetMap } from "./source_map.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "teemem-kept-"));

it("runs the pass once for a module and its waits, and again where what was kept is damaged", async () => {
  const kept = folder();
  let runs = 0;
  const asyncify = keptAsyncify(kept, async (bytes, waits) => {
    runs++;
    return ok({ bytes: Uint8Array.of(...bytes, waits.length), map: writeOffsetMap(bytes) });
  });
  const module = Uint8Array.of(1, 2, 255);
  for (const run of [1, 1]) {
    const made = await asyncify(module, ["a"]);
    expect(made.ok && [...made.value.bytes]).toEqual([1, 2, 255, 1]);
    expect(runs).toBe(run);
  }
  await asyncify(module, ["a", "b"]);
  await asyncify(Uint8Array.of(1, 2), ["a"]);
  expect(runs).toBe(3);
  for (const name of readdirSync(kept)) writeFileSync(join(kept, name), "{");
  expect((await asyncify(module, ["a"])).ok).toBe(true);
  expect(runs).toBe(4);
});

it("keeps nothing of a failure, and does without a folder", async () => {
  const kept = folder();
  expect(await keptAsyncify(kept, async () => err("no"))(Uint8Array.of(1), [])).toEqual(err("no"));
  expect(readdirSync(kept)).toEqual([]);
  writeFileSync(join(kept, "file"), "");
  const without = keptAsyncify(join(kept, "file", "below"), async (bytes) => ok({ bytes, map: writeOffsetMap(bytes) }));
  expect((await without(Uint8Array.of(7), [])).ok).toBe(true);
});
