// `teemem schema` finds the shipped files, by the command.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { runHere } from "../../../test/run_here.ts";

const FOLDER = "docs/schemas";

it("lists every file, with its command and what it is about", async () => {
  const { out, outcome } = await runHere("schema");
  expect(outcome).toEqual({ ok: true, value: 0 });
  expect(out.match(/^teemem /gm)).toHaveLength(readdirSync(FOLDER).length);
  expect(out).toContain("teemem stats --json\n  The memory of a system.\n");
});

it.each([
  ["stats", "stats"],
  ["exec", "findings"],
])("prints that of %s as it is shipped", async (command, file) => {
  const { out } = await runHere("schema", command);
  expect(out).toBe(readFileSync(`${FOLDER}/${file}.schema.json`, "utf8"));
});

it.each([
  ["statz", "no schema for 'statz'; did you mean stats?"],
  ["../../package", "no schema for '../../package'; it has check, device, doctor, export, exec …"],
])("%s has none", async (name, error) => {
  expect(await runHere("schema", name)).toMatchObject({ out: "", outcome: { ok: false, error } });
});
