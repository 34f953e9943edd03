/** Where a text is not what xtest prints. */
export interface TextFault {
  /** Line number, the first line is 1; of the last line where the text ends too early. */
  readonly line: number;
  readonly expected: string;
  readonly found: string;
}

/** `found` where the text ends too early. */
export const END_OF_TEXT = "the end of the text";

/** One sentence for people. */
export function faultMessage({ line, expected, found }: TextFault): string {
  return `line ${line}: expected ${expected}, found ${found}`;
}

/** A fault that quotes the line it met, shortened where it is long. */
export function faultAt(line: number, expected: string, text: string): TextFault {
  const shown = text.length > 80 ? `${text.slice(0, 77)}...` : text;
  return { line, expected, found: JSON.stringify(shown) };
}

/** Lines of a text without their ends (LF, CR LF, LF CR); a last empty line is none. */
export function splitLines(text: string): string[] {
  return [...eachLine(text)];
}

/** The same one by one: a list of the lines of a large log takes more memory than the log. */
export function* eachLine(text: string): Generator<string, void, undefined> {
  let from = 0;
  for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
    yield withoutReturns(text, from, to);
    from = to + 1;
  }
  if (from < text.length) yield withoutReturns(text, from, text.length);
}

/** Not with a regular expression: what ends in `\r+$` begins anew at each of them. */
function withoutReturns(text: string, start: number, end: number): string {
  let from = start;
  let to = end;
  while (from < to && text[from] === "\r") from++;
  while (to > from && text[to - 1] === "\r") to--;
  return text.slice(from, to);
}
