// Words of a TA: the constants in its data that an input may have to match.
import { readModuleSections } from "../wasm/format/sections.ts";
import { readSegments } from "../wasm/module/image.ts";

/** Words, at most. */
const MOST_WORDS = 512;
const LONGEST = 64;

/** Texts of 3 bytes and more in the data of a module. */
export function wordsOfModule(bytes: Uint8Array): Uint8Array[] {
  const sections = readModuleSections(bytes);
  if (!sections.ok) return [];
  const words = new Map<string, Uint8Array>();
  for (const { from, length } of readSegments(bytes, sections.value)) {
    let start = from;
    for (let at = from; at <= from + length; at++) {
      const byte = at < from + length ? (bytes[at] as number) : 0;
      if (byte >= 0x20 && byte < 0x7f) continue;
      if (at - start >= 3 && at - start <= LONGEST && words.size < MOST_WORDS) {
        const word = bytes.slice(start, at);
        words.set(String.fromCharCode(...word), word);
      }
      start = at + 1;
    }
  }
  return [...words.values()];
}
