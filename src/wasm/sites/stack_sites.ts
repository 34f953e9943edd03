// Who asks for memory: the call site and the call stack of the operation that a TA is doing now.
import { writeCallStack } from "../../base/call_stack.ts";
import type { TaModule } from "../module/ta_module.ts";
import { type CodeFrame, type CodePlaces, readCodePlaces } from "./code_places.ts";
import { callSiteOf, isLibrary } from "./own_code.ts";
import { stackHere, type WasmFrame, wasmFrames } from "./wasm_frames.ts";

/** A call site with the way to it. */
interface StackSite {
  /** File of the TA's own code that asked; null where the module does not say. */
  readonly file: string | null;
  /** 0 where it is not known. */
  readonly line: number;
  /** The call site is in the TA's own code. */
  readonly own: boolean;
  /** All frames, as `writeCallStack` has them. */
  readonly stack: string;
}

/** Gives the call site of the call that is being made. */
export type SiteHere = () => StackSite;

interface SiteReader {
  readonly here: SiteHere;
  frames(text: string): readonly CodeFrame[];
}

/** What the engine writes is looked up in so many texts; when there are more, they are read anew. */
const KNOWN_TEXTS = 4096;
/** Different stacks of a module. Operations on the way of a later one have their call site alone. */
const MOST_STACKS = 4096;
/** What is known of a function of a library that was loaded. */
const LIBRARY: readonly CodeFrame[] = [{ func: "(shared library)", place: "", begins: 0 }];
const PLACE = /^(.*):(\d+)$/s;

/** What is known of a module, for all of its instances: debug information is read when the first stack is looked at. */
const KNOWN = new WeakMap<object, SiteReader>();

/** The frames of a stack as the engine wrote it, with inlined functions, innermost first. */
export function framesOfText(module: SiteModule, text: string): readonly CodeFrame[] {
  return readerOf(module).frames(text);
}

/** What call sites are made of. */
type SiteModule = Pick<TaModule, "bytes" | "word" | "original">;

/** Call sites of a module's instances. */
export function sitesOf(module: SiteModule): SiteHere {
  return readerOf(module).here;
}

function readerOf(module: SiteModule): SiteReader {
  const known = KNOWN.get(module) ?? createSites(module);
  KNOWN.set(module, known);
  return known;
}

function createSites({ bytes, word, original }: SiteModule): SiteReader {
  const byText = new Map<string, StackSite>();
  const byStack = new Map<string, StackSite>();
  const frames = new Map<number, readonly CodeFrame[]>();
  let places: CodePlaces | null = null;

  function framesOf(frame: WasmFrame): readonly CodeFrame[] {
    places ??= readCodePlaces(bytes, word);
    const known = frames.get(frame.offset) ?? places(original(frame.offset));
    frames.set(frame.offset, known);
    return known;
  }
  const read = (text: string): readonly CodeFrame[] =>
    wasmFrames(text).flatMap((frame) => (frame.own ? framesOf(frame) : LIBRARY));
  function siteOf(text: string): StackSite {
    const found = read(text);
    const stack = writeCallStack(withoutRepeats(found));
    const known = byStack.get(stack);
    if (known !== undefined) return known;
    const place = callSiteOf(found)?.place ?? "";
    const [, file, line] = PLACE.exec(place) ?? [];
    const site = { file: file ?? null, line: Number(line ?? 0), own: place !== "" && !isLibrary(place), stack };
    if (byStack.size >= MOST_STACKS) return { ...site, stack: "" };
    byStack.set(stack, site);
    return site;
  }
  const here: SiteHere = () => {
    const text = stackHere();
    const known = byText.get(text) ?? siteOf(text);
    if (byText.size >= KNOWN_TEXTS) byText.clear();
    byText.set(text, known);
    return known;
  };
  return { here, frames: (text) => withoutRepeats(read(text)) };
}

/** A function that calls itself from one line is there once, however deep it went: else each depth were a stack of its own. */
function withoutRepeats(frames: readonly CodeFrame[]): CodeFrame[] {
  return frames.filter(({ func, place }, n) => {
    const inner = frames[n - 1];
    return inner === undefined || inner.func !== func || inner.place !== place;
  });
}
