// Finds the words that docs/glossary.md has abandoned in texts for people: pages, and string literals of the sources.
import { readdirSync, readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";

/** A text for people, and where it is: `file:line`. */
export interface PlacedText {
  readonly site: string;
  readonly text: string;
}

/** An abandoned word, as its row of the glossary has it. */
export interface Abandoned {
  readonly word: string;
  readonly say: string;
}

/** The abandoned words: those in code font in the third column of the glossary's table. */
export function abandonedWords(glossary: string): Abandoned[] {
  return glossary.split("\n").flatMap((line) => {
    const [, say = "", , column = ""] = line.split(" | ").length === 3 ? ["", ...line.slice(2).split(" | ")] : [];
    return [...column.matchAll(/`([^`]+)`/g)].map((match) => ({ word: match[1] as string, say }));
  });
}

/** Uses of abandoned words: `site: word, say …`. */
export function usesOf(texts: readonly PlacedText[], words: readonly Abandoned[]): string[] {
  const finders = words.map(({ word, say }) => ({ word, say, found: new RegExp(`\\b${word}\\b`, "i") }));
  return texts.flatMap(({ site, text }) =>
    finders.filter(({ found }) => found.test(text)).map(({ word, say }) => `${site}: '${word}', say '${say}'`),
  );
}

/** The lines of a page, without its blocks of code and its code font: those have names, not words. */
export function linesOfPage(file: string): PlacedText[] {
  let code = false;
  return readFileSync(file, "utf8")
    .split("\n")
    .map((line, n) => {
      if (line.startsWith("```")) code = !code;
      return { site: `${file}:${n + 1}`, text: code ? "" : line.replaceAll(/`[^`]*`/g, "") };
    });
}

/** The string literals and templates of a folder's sources that have at least two words; tests left out. */
export function literalsIn(folder: string): PlacedText[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .sort()
    .flatMap((file) => literalsOf(`${folder}/${file}`, readFileSync(`${folder}/${file}`, "utf8")));
}

/** Those of one source. */
export function literalsOf(file: string, source: string): PlacedText[] {
  const texts: PlacedText[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!isNode(node)) return;
    const text = textOf(node);
    if (text !== undefined && /\s/.test(text))
      texts.push({ site: `${file}:${source.slice(0, node.start).split("\n").length}`, text });
    Object.values(node).forEach(visit);
  };
  visit(parseSync(file, source).program);
  return texts;
}

interface AnyNode {
  readonly type: string;
  readonly start: number;
  readonly value?: unknown;
}

function textOf({ type, value }: AnyNode): string | undefined {
  if (type === "Literal" && typeof value === "string") return value;
  return type === "TemplateElement" ? (value as { readonly raw: string }).raw : undefined;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value;
}
