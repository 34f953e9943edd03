// Finds which of many words a line has, in any case, in one pass: words are told apart by their first three letters.

/** Takes a text and marks, in `hits`, the owners of the words in it. Returns whether there is any. */
type WordFinder = (text: string, hits: Uint8Array) => boolean;

interface Entry {
  /** Codes of the whole word, folded. */
  readonly codes: readonly number[];
  readonly owners: readonly number[];
}

/** Letters of both cases have the same five bits. Other characters share them; the whole word is compared then. */
const BITS = 31;
const KEYS = 1 << 15;
const SMALL = 32;

/** A finder of the words of each owner, `words[owner]`. A word has at least three characters. */
export function createWordFinder(words: readonly (readonly string[])[]): WordFinder {
  const owners = new Map<string, number[]>();
  for (const [owner, list] of words.entries())
    for (const word of list) {
      const key = word.toLowerCase();
      owners.set(key, [...(owners.get(key) ?? []), owner]);
    }
  const lists: Entry[][] = [[]];
  const first = new Uint16Array(KEYS);
  for (const [word, own] of owners) {
    const codes = [...word].map((character) => character.charCodeAt(0) | SMALL);
    const key = keyOf(codes);
    if (first[key] === 0) first[key] = lists.push([]) - 1;
    lists[first[key] ?? 0]?.push({ codes, owners: own });
  }
  return (text, hits) => {
    let any = false;
    let key = 0;
    for (let i = 0; i < text.length; i++) {
      key = ((key << 5) | (text.charCodeAt(i) & BITS)) & (KEYS - 1);
      const list = first[key] as number;
      if (list === 0 || i < 2) continue;
      for (const { codes, owners: found } of lists[list] as Entry[]) {
        if (!standsAt(text, i - 2, codes)) continue;
        any = true;
        for (const owner of found) hits[owner] = 1;
      }
    }
    return any;
  };
}

function keyOf([a = 0, b = 0, c = 0]: readonly number[]): number {
  return ((a & BITS) << 10) | ((b & BITS) << 5) | (c & BITS);
}

function standsAt(text: string, at: number, codes: readonly number[]): boolean {
  for (let k = 0; k < codes.length; k++) if ((text.charCodeAt(at + k) | SMALL) !== codes[k]) return false;
  return true;
}
