// The TA of examples/ta, which has its library of this project: what its commands answer, and what the plain heap tells of its bugs.
import { createCipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { getStats } from "../src/malloc/stats.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import {
  bufferOf,
  memrefIn,
  memrefInOut,
  memrefOut,
  type Param,
  params,
  valueIn,
  valueOut,
} from "../src/tee/kernel/params.ts";
import { runnable } from "./support/own_modules.ts";
import { fixtureModule, openWasm } from "./support/wasm.ts";

const C = {
  MEDIAN: 0,
  LABEL: 1,
  NOTE_KEEP: 2,
  NOTE_DROP: 3,
  NOTE_READ: 4,
  SETTING: 5,
  PACKET: 6,
  VERSION: 7,
  DIGITS: 8,
  LEVEL: 9,
  BALANCE: 10,
  SEAL: 11,
  RECORDS: 12,
  TURN: 13,
  HOARD: 14,
  ITEMS: 15,
  DEPTH: 16,
} as const;

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
const answerOf = (param: Param): number => (param.type === "value" ? param.value.a : -1);

describe.each(runnable("bugs"))("the TA of examples/ta, %s", (name) => {
  const open = () => openWasm(fixtureModule(name), { patience: 300 }, "", { crypto: nodeCrypto() });
  /** A session, and what commands with bytes or a value in, and a value out, answer. */
  const session = async () => {
    const { invoke, core, lines, client, session: id } = await open();
    const ask = async (command: number, given: string | number): Promise<readonly [code: number, value: number]> => {
      const out = valueOut();
      const input = typeof given === "string" ? memrefIn(bytes(given)) : valueIn(given);
      return [await invoke(command, params(input, out)), answerOf(out)];
    };
    const heap = () => core.instances[0]?.heap ?? expect.fail("there is no instance");
    return { invoke, ask, core, lines, heap, close: () => client.close(id) };
  };

  it("answers ordinary input, and leaves nothing behind", async () => {
    const { ask, invoke, heap, lines } = await session();
    const before = getStats(heap()).allocated;
    const numbers = new Uint8Array(Uint32Array.of(31, 4, 15, 92, 65).buffer);
    const median = valueOut();
    expect(await invoke(C.MEDIAN, params(memrefIn(numbers), median))).toBe(TEE.SUCCESS);
    expect(answerOf(median)).toBe(31);
    expect(await invoke(C.LABEL, params(memrefIn(bytes("a label"))))).toBe(TEE.SUCCESS);
    expect(lines()).toContain("I/TA: A LABEL");
    expect(await ask(C.SETTING, "colour=blue")).toEqual([TEE.SUCCESS, 4]);
    expect(await ask(C.PACKET, "\x01abc")).toEqual([TEE.SUCCESS, 97 + 98 + 99]);
    expect(await ask(C.DIGITS, "3 and 33")).toEqual([TEE.SUCCESS, 3]);
    expect(await ask(C.LEVEL, 2)).toEqual([TEE.SUCCESS, 0x6964656d]);
    expect(await ask(C.BALANCE, 11)).toEqual([TEE.SUCCESS, 250]);
    expect(await ask(C.RECORDS, 10)).toEqual([TEE.SUCCESS, 160]);
    expect(await ask(C.ITEMS, "\x02a\x03bc")).toEqual([TEE.SUCCESS, 2]);
    expect(await ask(C.DEPTH, "\x00\x00\x01")).toEqual([TEE.SUCCESS, 2]);
    expect(getStats(heap()).allocated).toBe(before);
  });

  it("keeps a note, and turns bytes round in place", async () => {
    const { invoke } = await session();
    const out = memrefOut(new Uint8Array(64));
    expect(await invoke(C.NOTE_READ, params(out))).toBe(TEE.NO_DATA);
    expect(await invoke(C.NOTE_KEEP, params(memrefIn(bytes("milk, bread"))))).toBe(TEE.SUCCESS);
    const read = memrefOut(new Uint8Array(64));
    expect(await invoke(C.NOTE_READ, params(read))).toBe(TEE.SUCCESS);
    expect(Buffer.from(bufferOf(read).subarray(0, 11)).toString()).toBe("milk, bread");
    const turned = memrefInOut(bytes("\x03\0\0\0abc"));
    expect(await invoke(C.TURN, params(turned))).toBe(TEE.SUCCESS);
    expect(Buffer.from(bufferOf(turned)).toString("latin1")).toBe("\x03\0\0\0cba");
  });

  it("encrypts with TEE_… of the host", async () => {
    const { invoke, heap } = await session();
    const before = getStats(heap()).allocated;
    const key = "thirty-two letters are just right";
    const sealed = memrefOut(new Uint8Array(16));
    expect(await invoke(C.SEAL, params(memrefIn(bytes(key)), sealed))).toBe(TEE.SUCCESS);
    const cipher = createCipheriv("aes-256-ecb", Buffer.from(key).subarray(0, 32), null).setAutoPadding(false);
    expect(Buffer.from(bufferOf(sealed))).toEqual(cipher.update(Buffer.alloc(16)));
    expect(getStats(heap()).allocated).toBe(before);
    const short = memrefOut(new Uint8Array(8));
    expect(await invoke(C.SEAL, params(memrefIn(bytes(key)), short))).toBe(TEE.SHORT_BUFFER);
    expect(short).toMatchObject({ size: 16 });
  });

  it("leaks on the way of an error, and runs out of memory", async () => {
    const { ask, invoke, heap } = await session();
    const before = getStats(heap()).allocated;
    expect(await ask(C.PACKET, "\x02abc")).toEqual([TEE.NOT_SUPPORTED, 0]);
    expect(getStats(heap()).allocated).toBeGreaterThan(before);
    expect(await invoke(C.HOARD, params(valueIn(20000)))).toBe(TEE.SUCCESS);
    expect(await invoke(C.HOARD, params(valueIn(20000)))).toBe(TEE.OUT_OF_MEMORY);
    expect(getStats(heap()).failures).toBe(1);
  });

  it.each([
    ["a block that is freed twice", C.SETTING, params(memrefIn(bytes("colour")), valueOut())],
    ["more records than 32 bits can count the bytes of", C.RECORDS, params(valueIn(0x10000001), valueOut())],
    ["an account that is not there", C.BALANCE, params(valueIn(12), valueOut())],
    ["an item of length 0", C.ITEMS, params(memrefIn(bytes("\x02a\x00bc")), valueOut())],
    ["a recursion without end", C.DEPTH, params(memrefIn(bytes("\x01\x02\x00")), valueOut())],
  ])("panics: %s", async (_, command, given) => {
    const { invoke, core, close } = await session();
    expect(await invoke(command, given)).toBe(TEE.TARGET_DEAD);
    await close();
    expect(core.ended.map(({ panicked }) => panicked)).toEqual([true]);
  });
});
