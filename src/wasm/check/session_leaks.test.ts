// Tests of session_leaks.ts.
import { describe, expect, test } from "vitest";
import type { CheckedBlock, HeapBlocks } from "./heap_blocks.ts";
import { leavings, type ToldLeaks } from "./session_leaks.ts";

const buffer = new ArrayBuffer(8192);
const words = new Uint32Array(buffer);
const none = (): ToldLeaks => ({ ended: new Set(), lost: new Set(), growing: new Set() });

/** A block at 1024 and behind; a variable at 64 and behind points to it where `kept`. */
function block(number: number, more: Partial<CheckedBlock> & { readonly kept?: boolean } = {}): CheckedBlock {
  const at = 1024 + 32 * number;
  words[16 + number] = more.kept === true ? at : 0;
  const place = () => "stack";
  const entry = { session: 1, entry: "invoke", command: 3, call: number } as const;
  return { at, size: 16, allocated: place, freed: null, number, ...entry, ...more };
}

function end(session: number, blocks: readonly CheckedBlock[], told = none(), calls = new Map([[3, 8]])) {
  const live = new Map(blocks.map((one) => [one.at, one]));
  const heap = { live, pools: [{ from: 1024, to: 8192 }] } as Partial<HeapBlocks> as HeapBlocks;
  const allocatedAt = (one: CheckedBlock): string => one.allocated();
  return leavings(
    session,
    { word: 4, buffer, blocks: heap, spans: [{ from: 64, to: 8192 }], calls, allocatedAt },
    told,
  );
}

describe("at the end of a session", () => {
  test("what nobody can reach is lost; what is kept, of an open session, or a library's own is not", () => {
    const library = { allocated: () => "" };
    const all = [block(0), block(1, { kept: true }), block(2, { session: 2 }), block(3, library)];
    expect(end(1, all)).toMatchObject([{ kind: "leak", stack: "", object: { size: 16, allocated: "stack" } }]);
  });

  test("a block of an earlier session that was lost since is told, once", () => {
    const told = none();
    expect(end(1, [block(0, { kept: true })], told)).toEqual([]);
    expect(end(2, [block(0)], told)).toMatchObject([{ kind: "leak" }]);
    expect(end(3, [block(0)], told)).toEqual([]);
  });

  test("a command grows whose every call leaves something, from the eighth on", () => {
    const grown = (count: number, made: number) =>
      end(
        1,
        Array.from({ length: count }, (_, n) => block(n, { kept: true })),
        none(),
        new Map([[3, made]]),
      );
    expect(grown(8, 8)).toMatchObject([
      { kind: "growth", detail: "8 blocks with 128 bytes are left of 8 calls of command 3" },
    ]);
    expect(grown(8, 9)).toEqual([]);
    expect(grown(7, 7)).toEqual([]);
  });
});
