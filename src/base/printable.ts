const CONTROL = /\p{Cc}/gu;
const CONTROL_IN_LINES = /(?!\n)\p{Cc}/gu;
const CLIP = 60;

/** Text from outside as it may be shown: control characters as `\xNN`, so that it moves no cursor and ends no line. */
export function printable(text: string): string {
  return text.replace(CONTROL, escaped);
}

/** The same for whole lines: newlines stay. */
export function printableLines(text: string): string {
  return text.replace(CONTROL_IN_LINES, escaped);
}

/** A word from outside as a message quotes it: printable, and cut where it is long. */
export function clip(text: string, length = CLIP): string {
  return text.length > length ? `${printable(text.slice(0, length))}…` : printable(text);
}

function escaped(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
