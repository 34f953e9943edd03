// Checks that help fits a terminal, from a narrow one to a wide one.
import { describe, expect, test } from "vitest";
import { commands } from "../src/cli/commands.ts";
import { runBin } from "./cli.ts";
import { runHere, runOnWidth } from "./run_here.ts";

const WIDTHS = [40, 57, 80, 132, 200];

describe("help fits a terminal", () => {
  test.each(["", ...commands.map(({ name }) => name)])("teemem help %s", async (name) => {
    const args = name === "" ? ["help"] : ["help", name];
    for (const width of WIDTHS) {
      const { out, err, outcome } = await runOnWidth(width, ...args);
      expect([err, outcome]).toEqual(["", { ok: true, value: 0 }]);
      expect(out).toMatch(/^Usage: teemem/);
      // A line that is longer has nothing but one word, with what makes it part of a command.
      const long = out.split("\n").filter((line) => line.length > width && /\S \S/.test(line.replace(/ \\$/, "")));
      expect([width, long]).toEqual([width, []]);
    }
  });

  test("also where no command is given, on standard error", async () => {
    const [bare, asked] = [await runHere(), await runHere("help")];
    expect(bare.outcome).toEqual({ ok: false, error: "" });
    expect(bare.err).toBe(asked.out);
    const long = runBin("teemem", [], { env: { TEEMEM_COMMAND: "npx teemem", COLUMNS: "" } })
      .stderr.split("\n")
      .filter((line) => line.length > 80);
    expect(long).toEqual([]);
  });

  test("and has the same words at any width", async () => {
    const wordsOf = async (width: number): Promise<string[]> =>
      (await runOnWidth(width, "help", "report")).out.split(/\s+/).filter((word) => word !== "\\");
    expect(await wordsOf(40)).toEqual(await wordsOf(200));
    expect((await runHere("help", "report")).out).toBe((await runOnWidth(80, "help", "report")).out);
  });

  test("COLUMNS chooses the width, and in a pipe it is 80", () => {
    const longest = (env: Record<string, string>): number =>
      Math.max(
        ...runBin("teemem", ["help", "report"], { env })
          .stdout.split("\n")
          .map(({ length }) => length),
      );
    expect(longest({ COLUMNS: "120" })).toBeGreaterThan(100);
    expect(longest({ COLUMNS: "" })).toBeLessThanOrEqual(80);
  });
});
