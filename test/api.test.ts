// Checks the public names, and that an exported name has one meaning.
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { describeApi, exportsOf, undocumentedIn, undocumentedNames } from "./api.ts";
import { readTree } from "./layers.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

it("api.txt lists the whole public API", async () => {
  const message =
    "the public API changed: if that is meant, write api.txt anew with 'npm run api' and read the difference";
  await expect(describeApi(ROOT), message).toMatchFileSnapshot(`${ROOT}api.txt`);
});

it("has a comment before every public name", () => {
  expect(undocumentedNames(ROOT)).toEqual([]);
  const source =
    "/** Doc. */\nexport const a = 1;\n// Not one.\nexport const b = 1;\n/* Nor this. */ export type C = 1;";
  expect(undocumentedIn(source)).toEqual(["b", "C"]);
});

it("describes what a file exports: kind, name and signature, without comments and bodies", () => {
  const source = `
    import { hidden } from "./hidden.ts";
    const inner = 1;
    /** Not in the text. */
    export const LIMITS = { /** Bytes. */ size: 4, count: inner } as const;
    export const NAMES: readonly string[] = [hidden];
    export type Kind = "a" | "b"; // Nor this.
    export interface Shape extends Base<Kind> {
      /** Bytes. */
      readonly size: number;
      area(of: Kind): number;
    }
    export async function ask<T>(
      what: T, // a value
      signal?: AbortSignal,
    ): Promise<T> {
      return what;
    }
    export function make(from: number): Kind;
    export function make(from: string): Shape;
    export function make(from: number | string): unknown {
      return from;
    }`;
  expect(exportsOf(source)).toEqual([
    { name: "LIMITS", text: "const LIMITS\n  size: 4\n  count: inner" },
    { name: "NAMES", text: "const NAMES: readonly string[]" },
    { name: "Kind", text: 'type Kind = "a" | "b"' },
    { name: "Shape", text: "interface Shape extends Base<Kind>\n  readonly size: number\n  area(of: Kind): number" },
    { name: "ask", text: "function ask<T>(what: T, signal?: AbortSignal): Promise<T>" },
    { name: "make", text: "function make(from: number): Kind\nfunction make(from: string): Shape" },
  ]);
});

describe("an exported name", () => {
  it("has one meaning in all of src", () => {
    expect(doubleNames(readTree(ROOT, "src")), "several files export these: find another name").toEqual([]);
  });

  it("is double where two files declare it; a command's entry points have one meaning", () => {
    const files = {
      "src/a/one.ts": "export const Run = 1;",
      "src/b/two.ts": "export interface Run {}",
      "src/b/index.ts": 'export { Run } from "./two.ts";',
      "src/b/two.test.ts": "export const only = 1;",
      "src/c/three.ts": "export const only = 1;",
      "src/cli/commands/boot.ts": "export function run() {}",
      "src/cli/commands/run.ts": "export function run() {}",
    };
    expect(doubleNames(new Map(Object.entries(files)))).toEqual(["Run"]);
  });
});

/** Exported names that several files declare. What every command exports, `declare` and `run`, is one interface. */
function doubleNames(files: ReadonlyMap<string, string>): string[] {
  const sources = [...files].filter(([path]) => path.endsWith(".ts") && !path.endsWith(".test.ts"));
  const counts = new Map<string, number>();
  for (const [path, source] of sources)
    for (const { name } of exportsOf(source)) {
      if (path.startsWith("src/cli/commands/") && (name === "declare" || name === "run")) continue;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([name]) => name)
    .sort();
}
