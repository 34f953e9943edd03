// Tests of command_console.ts.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { commandConsole } from "./command_console.ts";
import { feedOf } from "./read_feed.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-console-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function said(command: string): Promise<{ text: string; ended: string }> {
  const feed = feedOf("exec:x", commandConsole(command, process.env));
  let text = "";
  feed.listen((bytes) => {
    text += Buffer.from(bytes).toString("latin1");
  }, true);
  while (feed.ended === "") await new Promise((resolve) => setTimeout(resolve, 2));
  await feed[Symbol.asyncDispose]();
  return { text, ended: feed.ended };
}

it("gives every byte that a command prints, and says how it ended", async () => {
  expect(await said("printf 'a\\r\\n\\377'; echo no carrier >&2; exit 5")).toEqual({
    text: "a\r\n\xff",
    ended:
      "the secure console exec:x ended: 'printf 'a\\r\\n\\377'; echo no carrier >&2; exit 5' ended (exit code 5): no carrier",
  });
  expect((await said("nosuch-program")).ended).toMatch(/exit code 127\): .*not found$/);
});

it("leaves nothing running, though the command minds neither its input nor a signal", async () => {
  const pid = join(folder, "pid");
  const command = `trap '' TERM INT HUP; (trap '' TERM; echo $$ >${pid}; while :; do sleep 1; done) & wait; wait`;
  const feed = feedOf("exec:x", commandConsole(command, process.env));
  const number = (): number => {
    try {
      return Number(readFileSync(pid, "utf8"));
    } catch {
      return 0;
    }
  };
  while (number() === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  await feed[Symbol.asyncDispose]();
  const isThere = (): boolean => {
    try {
      return process.kill(-number(), 0);
    } catch {
      return false;
    }
  };
  while (isThere()) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(feed.ended).toBe("");
});
