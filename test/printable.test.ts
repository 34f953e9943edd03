// Checks that only printable text reaches the streams.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const SOURCE = new URL("../src/", import.meta.url);
const MAKES_IT = "base/printable.ts";

// The types say what may be printed; a cast would say it without looking.
test("nothing but one file claims that a text is printable", () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
  );
  const casting = files.filter((file) =>
    /\b(as|is|satisfies)\s+Printable\b/.test(readFileSync(new URL(file, SOURCE), "utf8")),
  );
  expect(casting).toEqual([MAKES_IT]);
});

test("nothing but one file writes to the streams of the process", () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const writing = files.filter((file) =>
    // Lines of comments are examples for others.
    /^(?! \*).*(?:process\.std(?:out|err)\b|\bconsole\.(?:log|error|warn|info)\()/m.test(
      readFileSync(new URL(file, SOURCE), "utf8"),
    ),
  );
  expect(writing).toEqual(["cli/run_program.ts"]);
});
