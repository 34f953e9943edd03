// Tests of links to places in files.
import { hostname } from "node:os";
import { expect, test } from "vitest";
import { createPaint } from "../../view/terminal/paint.ts";
import { fileLink } from "./file_link.ts";

test("a call site with a file links to its line, others to nothing", () => {
  const link = fileLink("cli/main.ts:12", "src");
  expect(link).toBe(`file://${hostname().toLowerCase()}${process.cwd()}/src/cli/main.ts#12`);
  expect(fileLink("cli/none.ts:12", "src")).toBeUndefined();
  expect(fileLink("cli/main.ts", "src")).toBeUndefined();
  expect(fileLink("pool table", "src")).toBeUndefined();
});

test("the text of a link is the call site", () => {
  const paint = createPaint({ colours: true, width: 80, linkOf: () => "file://h/a.c#1" });
  expect(paint.place("a.c:1")).toBe("\x1b]8;;file://h/a.c#1\x1b\\a.c:1\x1b]8;;\x1b\\");
  expect(createPaint({ colours: true, width: 80 }).place("a.c:1")).toBe("a.c:1");
});
