// Finds where a message of the Linux kernel begins in a line.

const STAMP = /\[[ \t]{0,5}\d{1,6}\.\d{6}\][ \t]/;

/** Where one begins behind the first character; -1 if none does. */
export function stampIn(text: string): number {
  const at = text.includes("[") ? text.slice(1).search(STAMP) : -1;
  return at < 0 ? -1 : at + 1;
}

/** True if the text is a message of the kernel. */
export function beginsStamped(text: string): boolean {
  return text.trimStart().search(STAMP) === 0;
}
