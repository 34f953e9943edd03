// All regular expressions of the sources, as a parser finds them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { checkSync } from "recheck";
import { analyse } from "scslre";

/** A regular expression in a source file. */
export interface Literal {
  /** `folder/file.ts:line`. */
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** Null for an expression that is linear, else what is wrong with it. */
export function problemOf({ source, flags }: Pick<Literal, "source" | "flags">): string | null {
  const [report] = analyse({ source, flags }).reports;
  if (report !== undefined) return `${report.type} of '${report.character.pick}'`;
  process.env.RECHECK_BACKEND = "pure";
  const found = checkSync(source, flags, { timeout: null, randomSeed: 1 });
  if (found.status === "safe") return null;
  return found.status === "vulnerable" ? `${found.complexity.summary}: ${found.attack.pattern}` : found.error.kind;
}

/** What the files of a folder hold: literals, and the places where an expression is made of a text. */
export interface Found {
  readonly literals: readonly Literal[];
  readonly made: readonly string[];
}

/** Reads all TypeScript files of a folder but tests. */
export function regexesIn(folder: string): Found {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const parts = files
    .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$/.test(file))
    .sort()
    .map((file) => regexesOf(file.replaceAll("\\", "/"), readFileSync(join(folder, file), "utf8")));
  return { literals: parts.flatMap(({ literals }) => literals), made: parts.flatMap(({ made }) => made) };
}

/** Finds those of one text. Throws where it is no TypeScript. */
export function regexesOf(file: string, text: string): Found {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const literals: Literal[] = [];
  const made: string[] = [];
  const placeOf = (offset: number): string => `${file}:${text.slice(0, offset).split("\n").length}`;
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!isNode(node)) return;
    if (node.type === "Literal" && node.regex)
      literals.push({ place: placeOf(node.start), source: node.regex.pattern, flags: node.regex.flags });
    if (node.type === "Identifier" && node.name === "RegExp") made.push(placeOf(node.start));
    // The type RegExp is an identifier, too, but makes nothing.
    if (node.type !== "TSTypeReference") Object.values(node).forEach(visit);
  };
  visit(program);
  return { literals, made };
}

interface AnyNode {
  readonly type: string;
  readonly start: number;
  readonly name?: string;
  readonly regex?: { readonly pattern: string; readonly flags: string };
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value;
}
