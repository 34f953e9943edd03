// Reads keys from what a terminal sends.

const NAMED: readonly (readonly [bytes: string, key: string])[] = [
  ["\x1b[A", "up"],
  ["\x1bOA", "up"],
  ["\x1b[B", "down"],
  ["\x1bOB", "down"],
  ["\x1b[5~", "page-up"],
  ["\x1b[6~", "page-down"],
  ["\x1b[H", "home"],
  ["\x1bOH", "home"],
  ["\x1b[1~", "home"],
  ["\x1b[F", "end"],
  ["\x1bOF", "end"],
  ["\x1b[4~", "end"],
  ["\r", "enter"],
  ["\n", "enter"],
  ["\x7f", "backspace"],
  ["\b", "backspace"],
  ["\x03", "ctrl-c"],
  ["\x1a", "ctrl-z"],
  ["\f", "ctrl-l"],
];

/** The keys of a piece of input: names, or the character itself. Sequences that are not known are left out. */
export function readKeys(input: string): string[] {
  const keys: string[] = [];
  for (let at = 0; at < input.length; ) {
    const named = NAMED.find(([bytes]) => input.startsWith(bytes, at));
    if (named !== undefined) {
      keys.push(named[1]);
      at += named[0].length;
    } else if (input[at] === "\x1b") {
      const length = sequenceLength(input, at);
      if (length === 1) keys.push("escape");
      at += length;
    } else {
      const character = String.fromCodePoint(input.codePointAt(at) ?? 0);
      if (character >= " ") keys.push(character);
      at += character.length;
    }
  }
  return keys;
}

/** Characters of a sequence that begins with an escape: ECMA-48 CSI, or an escape and one more. */
function sequenceLength(input: string, at: number): number {
  if (input[at + 1] !== "[") return at + 1 < input.length && input[at + 1] !== "\x1b" ? 2 : 1;
  let end = at + 2;
  while (end < input.length && (input[end] as string) < "@") end++;
  return end + 1 - at;
}
