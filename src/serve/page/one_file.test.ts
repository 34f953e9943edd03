// Tests of the page in one file.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { PageBundle } from "./bundle.ts";
import { inlineScript, oneFile } from "./one_file.ts";

const CODE = "const a = '</script><!--', b = \"$& $1\", c = 1 <script;";
const CSS = "a { color: red }";

function file(text: string): { bytes: Uint8Array<ArrayBuffer>; type: string; tag: string } {
  return { bytes: new TextEncoder().encode(text), type: "", tag: "" };
}

const PAGE: PageBundle = {
  html: `<!doctype html><head>
<meta charset="utf-8">
<script type="module" crossorigin src="./assets/a.js"></script>
<link rel="stylesheet" crossorigin href="./assets/a.css">
</head><body><script type="application/json" id="teemem">{"mode":"serve"}</script></body>`,
  files: new Map([
    ["assets/a.js", file(CODE)],
    ["assets/a.css", file(CSS)],
  ]),
};

describe("a page in one file", () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, n) => n * 7);
  const parts = [0, 1, 2, 10, 14, 500, 1000].map((from, n, all) => bytes.subarray(from, all[n + 1] ?? 1000));
  const name = "</script><script>alert(1)</script>";
  const html = [
    ...oneFile(PAGE, [
      { name, bytes: parts, index: Uint8Array.of(1, 2) },
      { name: "b", bytes: [], index: new Uint8Array() },
    ]),
  ].join("");

  test("asks for nothing", () => {
    expect(html).not.toMatch(/\b(?:src|href)=/);
  });

  test("has what it shows as data, whatever its name is", () => {
    const data = /<script type="application\/json" id="teemem">([^<]*)<\/script>/.exec(html)?.[1] ?? "";
    const { mode, recordings } = JSON.parse(data);
    expect(mode).toBe("report");
    expect(recordings.map((one: { name: string }) => one.name)).toEqual([name, "b"]);
    expect(Buffer.from(recordings[0].bytes, "base64")).toEqual(Buffer.from(bytes));
    expect(recordings[0].index).toBe("AQI=");
    expect(html).not.toContain("alert(1)</script>");
  });

  test("runs its own script and style alone", () => {
    const sum = (text = ""): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    const script = /<script type="module">(.*?)<\/script>/s.exec(html)?.[1];
    expect(policy).toContain(`script-src ${sum(script)} 'wasm-unsafe-eval';`);
    expect(policy).toContain(`style-src ${sum(CSS)};`);
    expect(policy).toMatch(/^default-src 'none';/);
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<script"));
    expect(html.indexOf("charset")).toBeLessThan(100);
  });
});

test("code in a page is the same code", () => {
  const inline = inlineScript(CODE);
  expect(inline).not.toMatch(/<\/script|<!--/i);
  expect(inline).toContain('"$& $1"');
  const run = (code: string): unknown => new Function("script", `${code} return [a, b, c];`)(2);
  expect(run(inline)).toEqual(run(CODE));
});
