// The manual page: it says what help says, and man shows it.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { commands } from "../src/cli/commands.ts";
import { manualPage } from "./man.ts";
import { needPrograms } from "./support/needs.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGE = `${ROOT}man/teemem.1`;

test("man/teemem.1 is what the texts make", async () => {
  const message = "the texts of help changed: write the page anew with 'npm run man'";
  await expect(await manualPage(ROOT), message).toMatchFileSnapshot(PAGE);
});

test("the package has it where npm looks", () => {
  const { man, files } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));
  expect([man, files.includes("man")]).toEqual(["./man/teemem.1", true]);
});

test("man shows every command, and warns of nothing", (context) => {
  needPrograms(context, "man-db groff", "man", "groff");
  const { stdout, stderr, status } = spawnSync("man", ["--warnings", "-E", "UTF-8", "-P", "cat", "-l", PAGE], {
    env: { ...process.env, MANWIDTH: "80", MAN_KEEP_FORMATTING: "", LC_ALL: "C.UTF-8" },
    encoding: "utf8",
  });
  expect([stderr, status]).toEqual(["", 0]);
  expect(stdout).toMatch(/teemem - shows, explains and sizes the memory of an OP-TEE system/);
  for (const { name } of commands) expect(stdout).toContain(`teemem ${name}`);
  expect(stdout).toMatch(/FORCE_COLOR/);
  // A command can be taken from the page as it stands there.
  expect(stdout).toContain("  teemem replay --pool 48k demo:core\n");
});
