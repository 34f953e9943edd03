// Commands in texts: how the programs are called where they run, and which words of a text belong to one command.

/** What a user types to call each program. */
export interface CallWords {
  readonly teemem: string;
  readonly xtest: string;
}

/** `teemem` at the begin of an indented line, maybe behind variables; behind another command; in quotes or brackets. Prose is not. */
const OWN = /(^ +(?:[A-Z_]+=(?:\$\([^)\s]+ [^)\s]+\)|\S+) )*|['`(]|[|;&] )teemem(?= [a-z-])/gm;

/** Our own xtest; without a variable of ours it is the one of a board, which has that name alone. */
const OWN_XTEST = /(\bTEEMEM_[A-Z]+=[^\s=]+ )xtest(?= [a-z-])/g;

const VARIABLES = /^(?:[A-Z_]+=\S+ )*/;
const QUOTE = /['`]/g;

/** A text with its commands as they are called here; the same again where they are already. */
export function asCalled(text: string, words: CallWords | undefined): string {
  if (words === undefined || words.teemem === "teemem") return text;
  return text
    .replace(OWN, (all, before: string, at: number) =>
      text.startsWith(`${words.teemem} `, at + before.length) ? all : `${before}${words.teemem}`,
    )
    .replace(OWN_XTEST, (_, before: string) => `${before}${words.xtest}`);
}

/** True for a line that is a command to be pasted: one of our programs, maybe behind variables. */
export function isCommand(line: string, called?: CallWords): boolean {
  const begins = line.trimStart().replace(/^\$ /, "").replace(VARIABLES, "");
  const names = ["teemem", "xtest", "npx teemem", "npx xtest", ...Object.values(called ?? {})];
  return names.some((name) => begins.startsWith(`${name} `));
}

/** The words of a text, in order, without the blanks between them. A command in quotes is one word. */
export function proseWords(text: string, called?: CallWords): string[] {
  return prosePieces(text, called).filter((piece) => piece.trim() !== "");
}

/** A text in pieces: words and runs of blanks in turn. A command in quotes is one piece, with what touches it. */
export function prosePieces(text: string, called?: CallWords): string[] {
  const pieces: string[] = [];
  let from = 0;
  let end = 0;
  for (const { index } of text.matchAll(QUOTE)) {
    if (index < end || !isCommand(text.slice(index + 1), called)) continue;
    const closing = text.indexOf(text[index] ?? "", index + 1);
    if (closing < 0) continue;
    // What touches the command goes with it.
    const before = text.lastIndexOf(" ", index) + 1;
    pieces.push(...text.slice(from, Math.max(from, before)).split(/( +)/));
    const behind = text.indexOf(" ", closing);
    end = behind < 0 ? text.length : behind;
    const glued = text.slice(Math.max(from, before), end);
    pieces.push(glued);
    from = end;
  }
  return [...pieces, ...text.slice(from).split(/( +)/)].filter((piece) => piece !== "");
}
