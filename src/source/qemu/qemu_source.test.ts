// Tests of the source of a machine in QEMU, on the memory of real boards in a process that is none.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FalseQemu, falseQemu } from "../../../test/support/false_qemu.ts";
import { liveHeap } from "../../../test/support/live_heap.ts";
import type { Answers, Question, Source, TracedSource } from "../source.ts";
import { openQemu } from "./qemu_source.ts";

async function opened(where: string): Promise<TracedSource> {
  const source = await openQemu(where, () => 0);
  if (!source.ok) throw new Error(source.error);
  return source.value;
}

async function answer<Q extends Question>(source: Source, question: Q, ta?: string): Promise<Answers[Q]> {
  const given = await source.ask(question, undefined, { ta });
  if (!given.ok) throw new Error(given.error.text);
  return given.value;
}

const CRYPT = "cb3e5ba0-adf1-11e0-998b-0002a5d5c51b";
const PKCS11 = "fd02c9da-306c-48c7-a49c-bbd827ae86ee";

describe("OP-TEE 4.10.0 with leak headers", () => {
  let qemu: FalseQemu;
  beforeAll(async () => {
    qemu = await falseQemu("sid-all-4.10");
  });
  afterAll(() => qemu.stop());

  test.each([
    ["its QMP socket", () => qemu.qmp],
    ["its process", () => String(qemu.pid)],
  ])("answers by %s what `xtest --stats` says of the same memory", async (_how, where) => {
    await using source = await opened(where());
    expect(source.version).toBe("4.10");
    const { pools } = await answer(source, "alloc");
    expect(pools).toEqual([
      // All but `allocated`, which the question itself raised to 43,392, is what xtest printed a moment before.
      {
        name: "Heap",
        allocated: 42_960,
        maxAllocated: 47_024,
        size: 203_024,
        failures: 1,
        biggestFailure: 268_435_456,
        biggestFailureUsed: 30_432,
        free2Sum: 18_790_930_176n,
      },
      { name: "Physical TA memory", allocated: 2_670_592, maxAllocated: 2_670_592, size: 15_728_640 },
    ]);
    const tas = await answer(source, "ta");
    expect(tas.map(({ uuid, heap }) => [uuid, heap.allocated, heap.maxAllocated, heap.size])).toEqual([
      [PKCS11, 1072, 27_344, 32_768],
      [CRYPT, 336, 336, 32_752],
    ]);
  });

  test("lists the live blocks with their call sites, without a program's file", async () => {
    await using source = await opened(qemu.qmp);
    const [core, ta, ...others] = await answer(source, "leaks");
    expect([core?.uuid, ta?.uuid, others]).toEqual(["core", PKCS11, []]);
    expect(core?.blocks).toHaveLength(193);
    const hash = core?.blocks.filter(({ file, line }) => file === "core/lib/libtomcrypt/hash.c" && line === 117);
    expect(hash).toHaveLength(33);
    expect(ta?.blocks.filter(({ file }) => file === "lib/libutee/tee_api.c")).toHaveLength(6);
    expect(await answer(source, "leaks", "CORE")).toEqual([core]);
    const lines = await answer(source, "memleak");
    expect(lines).toHaveLength(193);
    expect(lines?.every((line) => /^buffer: \d+ bytes \S+\.c:\d+$/.test(line))).toBe(true);
    const none = await source.ask("leaks", undefined, { ta: "x" });
    expect(none.ok ? "" : none.error.text).toBe("no heap of 'x' in the memory");
  });

  test("gives the memory itself, with its address", async () => {
    await using source = await opened(qemu.qmp);
    const { base, bytes, notes } = await answer(source, "memory");
    expect([base, bytes.length, notes]).toEqual([0xe000000, 2 ** 24, []]);
  });

  test("what it cannot be asked is an error", async () => {
    await using source = await opened(qemu.qmp);
    expect(source.answers.has("pager")).toBe(false);
    expect((await source.ask("pager")).ok).toBe(false);
    expect(await source.ask("alloc", AbortSignal.abort())).toEqual({ ok: false, error: { text: "given up" } });
  });
});

describe("OP-TEE 4.5.0 of Debian, without leak headers", () => {
  test("answers the counters; blocks without leak headers are a sentence", async () => {
    const qemu = await falseQemu("trixie-4.5");
    try {
      await using source = await opened(String(qemu.pid));
      expect(source.version).toBe("4.5");
      const { pools } = await answer(source, "alloc");
      expect(pools[0]).toMatchObject({ name: "Heap", allocated: 32_160, maxAllocated: 34_928, size: 199_296 });
      expect(pools[0]?.free2Sum).toBeUndefined();
      expect((await answer(source, "ta")).map(({ uuid, heap }) => [uuid, heap.allocated])).toEqual([
        [PKCS11, 1584],
        [CRYPT, 336],
      ]);
      const leaks = await source.ask("leaks");
      expect(leaks.ok ? "" : leaks.error.text).toContain("CFG_TEE_CORE_MALLOC_DEBUG=y");
    } finally {
      await qemu.stop();
    }
  });

  test("follows what changes; says that the machine is gone", async () => {
    const qemu = await falseQemu("trixie-4.5");
    await using source = await opened(qemu.qmp);
    // The counters of failed requests of struct malloc_ctx at 0x17f138.
    await qemu.write(0x17f138 + 104 + 12, Uint8Array.of(7));
    expect((await answer(source, "alloc")).pools[0]?.failures).toBe(7);
    // A lock that is held: an operation is under way, for ever.
    await qemu.write(0x17f138 + 128, Uint8Array.of(1));
    const busy = await source.ask("alloc");
    expect(busy.ok ? "" : busy.error.text).toContain("did not rest");
    await qemu.write(0x17f138 + 128, Uint8Array.of(0));
    // After a reset OP-TEE boots anew.
    await qemu.write(0x17f138, new Uint8Array(160));
    const reset = await source.ask("alloc");
    expect(reset.ok ? "" : reset.error.text).toContain("the machine was reset");
    expect(source.lost).toBe("");
    await qemu.stop();
    const over = await source.ask("alloc");
    expect(over.ok ? "" : over.error.text).toContain(`there is no process ${qemu.pid} (any more)`);
    expect(source.lost).toContain(`there is no process ${qemu.pid}`);
  });
});

describe("its events", () => {
  test("are the operations on the core's heap, until the machine is gone", async () => {
    const qemu = await falseQemu("sid-all-4.10");
    const board = liveHeap();
    const { place, pools } = board.spot;
    async function show(): Promise<void> {
      const [pool] = pools;
      const end = (pool?.at ?? 0) + (pool?.length ?? 0);
      board.lock(1);
      await qemu.write(place.at, board.memory.subarray(place.at, place.at + place.length));
      await qemu.write(pool?.at ?? 0, board.memory.subarray(pool?.at, end));
      board.lock(0);
      await qemu.write(place.at, board.memory.subarray(place.at, place.at + place.length));
    }
    await using source = await opened(qemu.qmp);
    const events = source.events()[Symbol.asyncIterator]();
    const next = async () => (await events.next()).value?.event;
    expect(await next()).toMatchObject({ kind: "known", heap: "core", stats: { allocated: 42_960 } });
    expect([await next(), await next()]).toMatchObject([{ op: "P" }, { op: "P" }]);
    const pointer = board.malloc(100);
    await show();
    expect(await next()).toMatchObject({ kind: "heap", op: "M", size: 100, allocated: 43_120 });
    board.free(pointer);
    board.free(board.malloc(8));
    await show();
    expect(await next()).toMatchObject({ op: "F", allocated: 42_960 });
    expect(await next()).toEqual({ kind: "lost", count: 2 });
    await qemu.stop();
    expect(await events.next()).toMatchObject({ done: true });
  });

  test("end when nobody listens any more", async () => {
    const qemu = await falseQemu("sid-all-4.10");
    await using source = await opened(qemu.qmp);
    const events = source.events()[Symbol.asyncIterator]();
    await events.next();
    await events.return?.();
    expect(await events.next()).toMatchObject({ done: true });
    await qemu.stop();
  });
});

describe("what cannot be read is one sentence", () => {
  test("a process that is none of QEMU's, or not there", async () => {
    const other = await falseQemu("trixie-4.5", "node");
    try {
      const found = await openQemu(String(other.pid), () => 0);
      expect(found).toEqual({
        ok: false,
        error: `process ${other.pid} is not a QEMU of an Arm machine, it is 'node'`,
      });
      const behind = await openQemu(other.qmp, () => 0);
      expect(behind.ok ? "" : behind.error).toContain("as in a container");
    } finally {
      await other.stop();
    }
    const gone = await openQemu(String(other.pid), () => 0);
    expect(gone.ok ? "" : gone.error).toContain("'pgrep -a qemu' shows those that run");
  });

  test("a machine in which OP-TEE has not booted", async () => {
    const qemu = await falseQemu("trixie-4.5");
    await qemu.write(0x17f138, new Uint8Array(160));
    const found = await openQemu(qemu.qmp, () => 0);
    expect(found.ok ? "" : found.error).toContain("it still boots");
    await qemu.stop();
  });
});
