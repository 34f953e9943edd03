// What is decided when a heap is made, and the malloc context that follows.
import { MOST_BASE } from "../heap/memory.ts";
import { valueText } from "../malloc/arguments.ts";
import { type ContextOptions, createContext, type MallocContext } from "../malloc/context.ts";
import type { Release } from "../release/release.ts";
import { laterThanKnown, releaseOf } from "../release/releases.ts";
import { expectList, expectOneOf, expectSwitch, expectWhole } from "./expect.ts";
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
  /**
   * Where a call gives no file, its own file and line are read from the call stack: the path's last two segments, and the line
   * cut to 16 bits, as OP-TEE's leak headers have it. Not the column, which a minified bundle of one line would need. A call takes
   * microseconds more. `true` sets `leakHeaders`, too. Default false.
   */
  readonly callSites?: boolean;
  /**
   * Every call looks at all free blocks first, and freed bytes are filled with 0x55: damage is met early, and a call takes as long
   * as the heap has free bytes. Default false.
   */
  readonly validate?: boolean;
  /** The OP-TEE whose allocator this is: a version from "4.0" (default) to "4.10", or a row of `teemem/release`. */
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
  /**
   * Two shared words for `exclusive`, the same in every thread: `new Int32Array(new SharedArrayBuffer(8))`. With them, calls that
   * allocate or free outside of `exclusive` throw.
   */
  readonly lock?: Int32Array;
}

/** The names of all settings. */
export const SETTINGS = Object.keys({
  word: 0,
  fit: 0,
  leakHeaders: 0,
  callSites: 0,
  validate: 0,
  release: 0,
  core: 0,
  base: 0,
  files: 0,
  lock: 0,
} satisfies Record<keyof HeapSettings, 0>) as readonly (keyof HeapSettings)[];

const QUANTUM = 16;

/** Throws a TypeError or a RangeError unless all settings are among those that there are. */
export function expectSettings(settings: HeapSettings): void {
  const { word, fit, leakHeaders, callSites, validate, core, base, release, files } = settings;
  expectLock(settings.lock);
  if (release !== undefined) rowOf(release);
  if (files !== undefined)
    expectList(files, "files", "names of source files, such as another heap's files", (name, at) => {
      if (typeof name !== "string") throw new TypeError(`${at} is ${valueText(name)}: give the name of a source file`);
    });
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

/** The row of a release: allocators that are not known yet are nobody's. */
function rowOf(release: string | Release): Release {
  if (typeof release === "string") {
    const row = releaseOf(release);
    if (!row.ok) throw new RangeError(`release is ${valueText(release)}: ${row.error}`);
    if (laterThanKnown(release) === null) return row.value;
    const { since } = row.value;
    throw new RangeError(
      `release is ${valueText(release)}: OP-TEE ${release} is later than ${since}, the last release that is known here: give "${since}"`,
    );
  }
  if (typeof release === "object" && release !== null && typeof release.allocator === "object") return release;
  throw new TypeError(`release is ${valueText(release)}: give a version such as "4.6", or a row of teemem/release`);
}
