// Memory of a TA in C for tests, as plain bytes, and the system calls over it.
import { nodeCrypto } from "../src/node/crypto.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import type { Core } from "../src/tee/kernel/core.ts";
import { TaPanic } from "../src/tee/kernel/panic.ts";
import { params as fill, type Params } from "../src/tee/kernel/params.ts";
import type { TaEntry, UserApp } from "../src/tee/kernel/user_app.ts";
import { createSyscalls } from "../src/tee/svc/calls/syscalls.ts";
import type { HostCalls } from "../src/wasm/calls/call_env.ts";
import { uteeCalls } from "../src/wasm/calls/utee_calls.ts";
import type { CMemory } from "../src/wasm/instance/memory.ts";
import { bootTest } from "./embedded.ts";

/** 64 KiB. From 0x8000 on, the TA's caller shares it; from 0xc000 on, it can only be read. */
export const SHARED = 0x8000;
export const READ_ONLY = 0xc000;
const END = 0x10000;

export function plainMemory(word: 4 | 8 = 8): CMemory {
  const bytes = new Uint8Array(END);
  const view = new DataView(bytes.buffer);
  const at = (from: number, length: number): number => {
    if (from < 0 || from + length > END) throw new TaPanic(0, "data abort");
    return from;
  };
  const u64 = (from: number): number => Number(view.getBigUint64(at(from, 8), true));
  const setU64 = (from: number, v: number): void => view.setBigUint64(at(from, 8), BigInt(v), true);
  const u32 = (from: number): number => view.getUint32(at(from, 4), true);
  const setU32 = (from: number, v: number): void => view.setUint32(at(from, 4), v, true);
  return {
    word,
    u8: (from) => view.getUint8(at(from, 1)),
    u32,
    setU32,
    u64,
    setU64,
    size: word === 8 ? u64 : u32,
    setSize: word === 8 ? setU64 : setU32,
    bytes: (from, length) => bytes.subarray(at(from, length), from + length),
    text: (from, length = bytes.indexOf(0, from) - from) => new TextDecoder().decode(bytes.slice(from, from + length)),
    own: (from, length) => from > 0 && from + length <= SHARED,
    touched: () => {},
    writable: (from, length) => from + length <= READ_ONLY,
  };
}

/** What a test does inside of a TA. */
export interface Inside {
  readonly memory: CMemory;
  readonly calls: HostCalls;
  readonly core: Core;
  readonly entry: TaEntry;
  /** Makes a call and gives its code. */
  call(name: string, ...args: number[]): Promise<number>;
  /** Puts bytes or a text at an address. */
  put(at: number, data: Uint8Array | string): void;
}

export const C_UUID = "00000000-0000-4000-8000-00000000000c";

/** Boots a system with a TA that does `work` when it is called, and calls it; `others` can be loaded, too. */
export async function insideTa(
  work: (inside: Inside) => Promise<void> | void,
  {
    params = fill(),
    memory = plainMemory(),
    others = [],
    cacheMaintenance = false,
  }: {
    params?: Params;
    memory?: CMemory;
    others?: Parameters<typeof bootTest>[2];
    cacheMaintenance?: boolean;
  } = {},
): Promise<{ readonly code: number; readonly core: Core; readonly lines: readonly string[] }> {
  let failure: unknown;
  const app = (core: Core): UserApp => ({
    uuid: C_UUID,
    name: "c",
    flags: { singleInstance: false, multiSession: false, keepAlive: false, cacheMaintenance },
    layout: { textPages: 1, dataPages: 1, stackPages: 1, heapBase: 0x400000, heapLength: 4096 },
    create: () => 0,
    open: () => 0,
    async invoke(entry) {
      const svc = createSyscalls(core, entry);
      const calls = uteeCalls({ memory, core, entry: () => entry, svc: () => svc });
      const call = async (name: string, ...args: number[]): Promise<number> => (await calls[name]?.(...args)) ?? -1;
      const put = (at: number, data: Uint8Array | string): void => {
        const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
        memory.bytes(at, bytes.length).set(bytes);
      };
      try {
        await work({ memory, calls, core, entry, call, put });
      } catch (error) {
        failure = error;
        throw error;
      }
      return 0;
    },
    close: async () => {},
    destroy: async () => {},
  });
  const { core, lines } = bootTest("", undefined, [app, ...others], { crypto: nodeCrypto() });
  const client = createClient(core);
  const { session } = await client.open(C_UUID);
  const { code } = await client.invoke(session, 0, params);
  await client.end();
  if (failure !== undefined && !(failure instanceof TaPanic)) throw failure;
  return { code, core, lines: lines() };
}
