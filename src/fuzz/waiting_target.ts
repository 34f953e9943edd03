// Runs inputs that wait within a call, through the kernel and with promises: each in an instance of its own.
import { err, ok, type Result } from "../base/result.ts";
import { params as fill, type Param, type Params } from "../tee/kernel/params.ts";
import type { TaEntry } from "../tee/kernel/user_app.ts";
import type { Finding } from "../tee/monitor/finding.ts";
import { wasmInstanceOf } from "../wasm/wasm_app.ts";
import { isWait, panicOf } from "./crash.ts";
import { bootFuzzed, type TargetOptions } from "./fuzzed_ta.ts";
import { type FuzzInput, type FuzzParam, OPEN } from "./input.ts";

/** What an input ended with, and the counters of the edges that it took. */
interface Followed {
  readonly finding: Finding | null;
  readonly counters: Uint8Array;
  /** False where the engine cannot let a TA wait. */
  readonly whole: boolean;
}

/** Follows an input to its end. */
export type Follow = (input: FuzzInput) => Promise<Followed>;

/** Makes the second system. */
export function createFollower(options: TargetOptions): Result<Follow> {
  let found: Finding | null = null;
  let thrown: unknown = null;
  let memory: ArrayBufferLike | null = null;
  const caught = async (entry: TaEntry, work: () => number | Promise<number>): Promise<number> => {
    memory = (wasmInstanceOf(entry.instance).exports.memory as WebAssembly.Memory).buffer;
    try {
      return await work();
    } catch (error) {
      thrown ??= error;
      throw error;
    }
  };
  const booted = bootFuzzed(
    options,
    {
      patience: options.patience,
      found(finding) {
        found ??= finding;
      },
    },
    (app) => ({
      ...app,
      open: (entry) => caught(entry, () => app.open(entry)),
      invoke: (entry, command) => caught(entry, () => app.invoke(entry, command)),
    }),
  );
  if (!booted.ok) return err(booted.error);
  const { client, probe } = booted.value;
  return ok(async (input) => {
    found = null;
    thrown = null;
    memory = null;
    const [first, ...others] = input;
    const isOpen = first?.command === OPEN;
    const opened = await client.open(options.module.uuid, isOpen ? paramsOf(first.params) : fill());
    if (opened.session !== 0) {
      for (const { command, params } of isOpen ? others : input) {
        await client.invoke(opened.session, command, paramsOf(params));
        if (found !== null || thrown !== null) break;
      }
      await client.close(opened.session);
    }
    const counters = memory === null ? new Uint8Array(0) : new Uint8Array(memory, probe.from, probe.to - probe.from);
    if (thrown !== null && isWait(thrown)) return { finding: null, counters, whole: false };
    const finding = found ?? (thrown === null ? null : panicOf(options.module, thrown));
    return { finding, counters, whole: true };
  });
}

const DIRECTIONS = { 1: "in", 2: "out", 3: "inout", 5: "in", 6: "out", 7: "inout" } as const;

function paramsOf(params: readonly FuzzParam[]): Params {
  return fill(...params.map(paramOf));
}

function paramOf(param: FuzzParam): Param {
  if (param.type === 0) return { type: "none" };
  const direction = DIRECTIONS[param.type];
  if ("a" in param) return { type: "value", direction, value: { a: param.a, b: param.b } };
  return { type: "memref", direction, buffer: param.bytes.slice(), size: param.bytes.length };
}
