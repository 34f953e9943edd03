// Tests of texts for terminals that have ASCII alone.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bar } from "../../view/terminal/bar.ts";
import { halfBlocks } from "../../view/terminal/top/sparkline.ts";
import { asciiText } from "./ascii_text.ts";

test("a bar ends where it did, and heights still rise", () => {
  expect(asciiText(bar(1, 2, 8))).toBe("####    ");
  expect(asciiText(bar(5, 16, 4))).toBe("#=  ");
  expect(asciiText("▁▂▃▄▅▆▇█")).toBe("__--==##");
  expect(asciiText(halfBlocks([0, 1, 2], 0, 2, 1)[0] ?? "")).toBe("--#");
});

test("names from outside stay as they are", () => expect(asciiText("größe_日本.c → 3")).toBe("größe_日本.c > 3"));

test("whatever the views draw has a character of the same width", () => {
  const sources = ["src/view/terminal", "src/view/model", "src/cli", "src/analyze"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  );
  const drawn = sources
    .filter((path) => path.endsWith(".ts"))
    .filter((path) => !path.endsWith(".test.ts") && !path.endsWith("ascii_text.ts"))
    .flatMap((path) => readFileSync(path, "utf8").split("\n"))
    // Comments draw nothing.
    .filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line))
    .join("\n");
  const plain = asciiText(drawn);
  expect(plain).toHaveLength(drawn.length);
  expect([...new Set(plain.match(/[^ -~\n]/g))]).toEqual([]);
});
