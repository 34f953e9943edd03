// Tests of heap_profile.ts: the values of a profile, in use and given.
import { gunzipSync } from "node:zlib";
import { Profile } from "pprof-format";
import { expect, it } from "vitest";
import { systemState, taState } from "../../../test/support/system_states.ts";
import { err, ok } from "../../base/result.ts";
import type { Fleet, LiveSites } from "../../live/state/fleet.ts";
import { heapProfile, type Stretch } from "./heap_profile.ts";

const can = { resetMaxima: false, liveBlocks: true };
const site = (name: string, blocks: number, bytes: number) => ({ site: name, blocks, bytes });

/** Types, and values by heap and call site, of a fleet's profile. */
async function profileOf(answers: (heap: string) => LiveSites | string, stretch: Stretch | null = null) {
  const system = systemState({ can, heaps: [...systemState().heaps, taState(), taState({ key: "x", gone: true })] });
  const fleet = {
    systems: [system],
    liveBlocks: async (_name: string, heap: string) => {
      const answer = answers(heap);
      return typeof answer === "string" ? err(answer) : ok(answer);
    },
  } as unknown as Fleet;
  const made = await heapProfile(fleet, system, stretch);
  if (!made.ok) return made.error;
  const profile = Profile.decode(gunzipSync(made.value));
  const text = (n: number | bigint) => profile.stringTable.strings[Number(n)];
  const functions = new Map(profile.function.map(({ id, name }) => [Number(id), text(name)]));
  const names = new Map(
    profile.location.map(({ id, line }) => [Number(id), functions.get(Number(line[0]?.functionId))]),
  );
  return {
    types: profile.sampleType.map(({ type }) => text(type)),
    values: Object.fromEntries(
      profile.sample.map(({ locationId, value }) => [
        locationId.map((id) => names.get(Number(id))).join(" < "),
        value.map(Number),
      ]),
    ),
    comments: profile.comment.map(text),
    duration: Number(profile.durationNanos),
  };
}

it("has what is in use of each heap that tells it, and nothing else where no events are known", async () => {
  const profile = await profileOf((heap) =>
    heap === "pool:Heap" ? { bytes: "requested", sites: [site("a.c:1", 2, 100)] } : "busy",
  );
  expect(profile).toEqual({
    types: ["inuse_objects", "inuse_space"],
    values: { "a.c:1 < heap core": [2, 100] },
    comments: ["teemem: ssh://lab1", "OP-TEE 4.10.0", "bytes as they were asked for"],
    duration: 0,
  });
  expect(await profileOf(() => "busy")).toBe("busy");
});

it("has what was given, also by call sites that hold nothing any more", async () => {
  const profile = await profileOf((heap) => ({
    bytes: "taken",
    sites: heap === "pool:Heap" ? [site("a.c:1", 1, 48)] : [],
    given: [site("a.c:1", 3, 144), site("b.c:2", 1, 64)],
  }));
  const ta = "heap ta-f04a0fe7-1f5d-4b9b-abf7-619b85b4ce8c#2";
  expect(profile).toMatchObject({
    types: ["alloc_objects", "alloc_space", "inuse_objects", "inuse_space"],
    values: {
      "a.c:1 < heap core": [3, 144, 1, 48],
      "b.c:2 < heap core": [1, 64, 0, 0],
      [`a.c:1 < ${ta}`]: [3, 144, 0, 0],
      [`b.c:2 < ${ta}`]: [1, 64, 0, 0],
    },
  });
});

it("has the difference of a stretch of time in what was given, and what is in use at its end", async () => {
  let given = 3;
  const waited: number[] = [];
  const profile = await profileOf(
    () => ({ bytes: "taken", sites: [site("a.c:1", 1, 48)], given: [site("a.c:1", given, 48 * given)] }),
    {
      seconds: 10,
      wait: async (ms) => {
        waited.push(ms);
        given = 5;
      },
    },
  );
  expect(waited).toEqual([10_000]);
  expect(profile).toMatchObject({ values: { "a.c:1 < heap core": [2, 96, 1, 48] }, duration: 10e9 });
});
