/** The lines of a text without their newlines, one by one, as a list of them can take more memory than the text; at least one. */
export function* linesOf(text: string): Generator<string, void, undefined> {
  let from = 0;
  for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
    yield text.slice(from, to);
    from = to + 1;
  }
  yield text.slice(from);
}
