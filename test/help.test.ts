// Checks that help fits a terminal.
import { describe, expect, test } from "vitest";
import { commands } from "../src/cli/commands.ts";
import { runBin } from "./cli.ts";

describe("help fits a terminal of 80 columns", () => {
  test.each(["", ...commands.map(({ name }) => name)])("teemem help %s", (name) => {
    const { stdout, stderr, code } = runBin("teemem", name === "" ? ["help"] : ["help", name]);
    expect([stderr, code]).toEqual(["", 0]);
    expect(stdout).toMatch(/^Usage: teemem/);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
