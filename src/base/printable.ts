// The one place where text becomes fit for a terminal. What is printed has the type `Printable`, and only this file makes it.

declare const brand: unique symbol;

/**
 * Text that may be printed: it moves no cursor, changes no colour but the program's own, hides nothing and turns nothing
 * round. A plain string is none, so a name from outside that was forgotten is an error of the compiler.
 */
export type Printable = {
  readonly [brand]: true;
  padEnd(width: number, fill?: string): Printable;
  padStart(width: number, fill?: string): Printable;
  repeat(count: number): Printable;
  slice(from?: number, to?: number): Printable;
  trim(): Printable;
  trimEnd(): Printable;
  trimStart(): Printable;
} & string;

/** `T` where it may be printed as it is: printable text, a number, or text that stands in the program's source. */
export type Shown<T> = T extends Printable | number | bigint
  ? T
  : T extends string
    ? // A record of all strings may be empty, one of certain strings may not.
      Record<never, never> extends Record<T, 1>
      ? never
      : T
    : never;

// Controls; format characters, among them those that turn the direction of text, and tags; what has no shape of its own; the
// two separators that are newlines to some; halves of surrogate pairs.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029\p{Cs}]/gu;
const HIDDEN_IN_LINES = /(?![\n\t])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029\p{Cs}]/gu;
const CLIP = 60;

/** Text from outside as it may be shown: what a terminal obeys or hides as `\xNN`, `\uNNNN` or `\u{NNNNN}`, newlines too. */
export function printable(text: string): Printable {
  return text.replace(HIDDEN, escaped) as Printable;
}

/** The same for whole lines: newlines and tabs stay. */
export function printableLines(text: string): Printable {
  return text.replace(HIDDEN_IN_LINES, escaped) as Printable;
}

/** A word from outside as a message quotes it: printable, and cut where it is long. */
export function clip(text: string, length = CLIP): Printable {
  return text.length > length ? shown`${printable(text.slice(0, length))}…` : printable(text);
}

/** A text that stands in the program's source, or is printable already, as what it is. */
export function own<T extends string>(text: Shown<T>): Printable {
  return text as string as Printable;
}

/** A template of the program's own words, with values that are printable already. */
export function shown<const V extends readonly (string | number | bigint)[]>(
  parts: TemplateStringsArray,
  ...values: V & { readonly [N in keyof V]: Shown<V[N]> }
): Printable {
  return String.raw({ raw: parts }, ...values) as Printable;
}

/** Printable texts, one after another. */
export function joined<T extends string>(texts: readonly T[] & readonly Shown<T>[], between = ""): Printable {
  return texts.join(between) as Printable;
}

/** A value as JSON that a terminal shows whole: what it would obey or hide is escaped, as JSON allows. */
export function printableJson(value: unknown, indent = 0): Printable {
  const text = JSON.stringify(value, (_, one) => (typeof one === "bigint" ? Number(one) : one), indent);
  return text.replace(HIDDEN_IN_LINES, (character) =>
    character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  ) as Printable;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}
