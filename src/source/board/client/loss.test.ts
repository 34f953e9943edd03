// Tests of loss.ts.
import { expect, it } from "vitest";
import { ok } from "../../../base/result.ts";
import { failure, type Shell } from "../shell/shell.ts";
import { lossOf } from "./loss.ts";

/** What is said of a command whose connection broke off, where the board has these uptimes before and after; none where it is gone. */
async function said(before: string, after: string): Promise<string> {
  const uptimes = [before, after];
  const shell = {
    lost: "",
    async run() {
      const out = uptimes.shift() ?? "";
      return out === "" ? failure("lost", "gone") : ok({ code: 0, out: Buffer.from(`${out}\n`), err: "", took: 0 });
    },
  } as unknown as Shell;
  return (await lossOf(shell))("the connection broke off");
}

it.each([
  ["500.00 1.00", "12.00 1.00", /^the board has rebooted, which ended the command/],
  ["500.00 1.00", "530.00 1.00", /^the connection broke off\. The board has not rebooted/],
  ["", "12.00 1.00", /^the connection broke off; it ended the command/],
  ["500.00 1.00", "", /^the connection broke off; it is not known what became of the command/],
])("a board that was up for %j, then for %j", async (before, after, text) => {
  expect(await said(before, after)).toMatch(text);
});
