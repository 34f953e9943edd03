// The templates for CI in deploy/ci: they are YAML, and teemem has each command and option that they use.
import { readdirSync, readFileSync } from "node:fs";
import { Command } from "commander";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { commands } from "../src/cli/commands.ts";

const FOLDER = "deploy/ci";

/** Every line of a template that calls teemem. */
function callsIn(text: string): string[] {
  return [...text.matchAll(/^ *(?:- )?(?:run: )?(teemem .{1,400})$/gm)].map(([, call = ""]) => call);
}

test.each(readdirSync(FOLDER))("%s", async (name) => {
  const text = readFileSync(`${FOLDER}/${name}`, "utf8");
  expect(() => parse(text)).not.toThrow();
  const calls = callsIn(text);
  expect(calls.length).toBeGreaterThan(3);
  for (const call of calls) {
    // What a shell would put in the place of a variable is one word.
    const [, command = "", ...words] = call.replaceAll('"', "").replaceAll("$", "").split(" ");
    const entry = commands.find((one) => one.name === command);
    const parser = new Command(command).exitOverride().action(() => {});
    (await entry?.load())?.declare(parser);
    const { unknown } = parser.parseOptions(words);
    expect(
      unknown.filter((word) => word.startsWith("-")),
      call,
    ).toEqual([]);
  }
});
