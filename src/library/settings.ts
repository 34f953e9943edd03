// What is decided when a heap is made, and the malloc context that follows.
import { type ContextOptions, createContext, type MallocContext } from "../malloc/context.ts";
import type { Release } from "../release/release.ts";
import { releaseOf } from "../release/releases.ts";
import { expectOneOf, expectSwitch, expectWhole } from "./expect.ts";
import { createSharedNames } from "./names.ts";
import { expectLock } from "./turns.ts";

/** How a heap allocates. What is not given is as in OP-TEE's default build. */
export interface HeapSettings {
  /** Bytes of a C pointer: 8 (default), or 4, whose headers take half the room. */
  readonly word?: 4 | 8;
  /** Which free block is taken: the first that fits (default), or the smallest. */
  readonly fit?: "first" | "best";
  /** Each block records file and line of its caller, and a footer finds writes beyond its end. Default false. */
  readonly leakHeaders?: boolean;
  /** Calls without a file record their caller, read from the call stack; slow. Needs `leakHeaders`. Default false. */
  readonly callSites?: boolean;
  /** Every operation looks at all blocks first, and freed bytes are filled with 0x55. Default false. */
  readonly validate?: boolean;
  /** The OP-TEE whose allocator this is: a version such as "4.6", or a row of `teemem/release`. Default 4.0. */
  readonly release?: string | Release;
  /** Built as the core's heap, whose realloc zeroes nothing. Default false: a TA's. */
  readonly core?: boolean;
  /** Address of the first byte, a multiple of 16, which C would see in the links of the heap. Default 0x40000000. */
  readonly base?: number;
  /**
   * Names of source files that all threads know: in the thread that makes the heap any, in others its list `files`. Where a name is
   * not known, its call sites read `file 0x…`.
   */
  readonly files?: readonly string[];
  /** Two shared words for `exclusive`, the same in every thread: `new Int32Array(new SharedArrayBuffer(8))`. */
  readonly lock?: Int32Array;
}

const QUANTUM = 16;
/** Of the lower half: every address of the heap is a word of 4 bytes, and no address that a list head has. */
const MOST_BASE = 2 ** 53 - 2 ** 32;

/** Throws a TypeError or a RangeError unless all settings are among those that there are. */
export function expectSettings(settings: HeapSettings): void {
  const { word, fit, leakHeaders, callSites, validate, core, base } = settings;
  expectLock(settings.lock);
  expectOneOf(word, "word", [4, 8]);
  expectOneOf(fit, "fit", ["first", "best"]);
  for (const [name, value] of Object.entries({ leakHeaders, callSites, validate, core })) expectSwitch(value, name);
  if (callSites === true && leakHeaders === false)
    throw new TypeError("callSites is true and leakHeaders is false: call sites are kept in leak headers");
  if (base === undefined) return;
  expectWhole(base, "base", 0, MOST_BASE);
  if (base % QUANTUM !== 0) throw new RangeError(`base is ${base}: give a multiple of ${QUANTUM}`);
}

/** An empty context over the bytes. `opened`: others may know file names that are unknown here. */
export function contextOver(bytes: Uint8Array, settings: HeapSettings, opened: boolean): MallocContext {
  return createContext(bytes, contextOptions(settings, opened));
}

function contextOptions(settings: HeapSettings, opened: boolean): ContextOptions {
  const { word = 8, fit = "first", callSites = false, validate = false, core = false, base, files } = settings;
  return {
    word,
    fit,
    leakHeaders: settings.leakHeaders ?? callSites,
    validate,
    core,
    names: createSharedNames(files, opened),
    ...(base === undefined ? {} : { base }),
    ...(settings.release === undefined ? {} : { release: rowOf(settings.release) }),
  };
}

function rowOf(release: string | Release): Release {
  if (typeof release !== "string") return release;
  const row = releaseOf(release);
  if (!row.ok) throw new RangeError(`release: ${row.error}`);
  return row.value;
}
