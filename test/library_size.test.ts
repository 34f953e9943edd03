// Checks the sizes that docs/library.md states, and that what it names is all that a bundle holds.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGE = readFileSync(`${ROOT}docs/library.md`, "utf8");
const KILOBYTE = 1000;
/** Bundlers and their versions differ by less. */
const TOLERANCE = 0.05;

/** A row of the table of sizes: the import that is bundled, and what the page says of it in kB. */
const ROWS = [...PAGE.matchAll(/^\| `(import [^`]+)` \| ([\d.]+) \| ([\d.]+) \|$/gm)].map(
  ([, code, minified, gzipped]) => ({
    code: code ?? "",
    stated: [Number(minified), Number(gzipped)],
  }),
);

/** Bundles a program that imports the built package, as an application for a browser would. */
async function bundled(code: string): Promise<{ readonly modules: readonly string[]; readonly text: string }> {
  const names = /\{ (.+) \}/.exec(code)?.[1] ?? "*";
  const program = names === "*" ? `${code}; console.log(all);` : `${code}; console.log(${names});`;
  const build = await rolldown({
    input: "program",
    platform: "browser",
    plugins: [
      {
        name: "program",
        resolveId(id) {
          if (id === "program") return id;
          if (id === "teemem") return `${ROOT}dist/library/index.js`;
          return id.startsWith("teemem/") ? `${ROOT}dist/${id.slice("teemem/".length)}/index.js` : null;
        },
        load: (id) => (id === "program" ? program : null),
      },
    ],
  });
  const { output } = await build.generate({ minify: true });
  const [chunk] = output;
  return { modules: Object.keys(chunk.modules), text: chunk.code };
}

describe("the table of sizes in docs/library.md", () => {
  test("has rows", () => expect(ROWS.length).toBeGreaterThan(2));

  test.each(ROWS)("$code", async ({ code, stated }) => {
    const { modules, text } = await bundled(code);
    const [minified = 0, gzipped = 0] = stated;
    for (const [bytes, kilobytes] of [
      [text.length, minified],
      [gzipSync(text, { level: 9 }).length, gzipped],
    ] as const)
      expect(Math.abs(bytes / KILOBYTE - kilobytes), `${bytes} bytes, stated ${kilobytes} kB`).toBeLessThan(
        kilobytes * TOLERANCE,
      );
    expect(
      modules.filter(
        (id) => !id.startsWith("\0") && id !== "program" && !/\/dist\/(base|release|heap|malloc|library)\//.test(id),
      ),
    ).toEqual([]);
    expect(text).not.toMatch(/\bimport\b|\brequire\(/);
  });
});
