// Every command that README, docs and help show and that needs no board, no compiler and no file of a reader's own: pasted from an
// empty folder, in each way to call the programs; and what these print to be run next.
import { afterAll, describe, expect, inject, test } from "vitest";
import type { ShownCommand } from "../support/shown_commands.ts";
import { shownCommands } from "../support/shown_pages.ts";
import { needOf, takesMinutes } from "./inputs.ts";
import { followUps, lineOf, paste } from "./paste.ts";
import { emptyFolder } from "./shell.ts";
import { waysFrom } from "./ways.ts";

const folder = emptyFolder();
afterAll(() => folder[Symbol.dispose]());
const shown = (await shownCommands()).filter(({ whole, piped }) => whole && !piped);
const ours = once(shown.filter(({ program, args }) => needOf(program, args) === null));

function once(commands: readonly ShownCommand[]): ShownCommand[] {
  return [...new Map(commands.map((command) => [lineOf(command), command])).values()];
}

test("most of what is shown needs nothing but Node", () => expect(ours.length).toBeGreaterThan(80));

const WAYS = waysFrom(inject("made"), folder, "empty/folder");

describe.each(WAYS)("$name", (way) => {
  const mine = ours.filter(({ args }) => way === WAYS[0] || !takesMinutes(args));
  const next: ShownCommand[] = [];

  test("is there", () => {
    if (way.first !== "") expect(folder.sh(`mkdir -p empty && cd empty && ${way.first}`)).toMatchObject({ code: 0 });
  });

  test.each(mine.map((command) => [`${command.where}: ${lineOf(command)}`, command] as const))("%s", (_, command) => {
    const { problems, said } = paste(folder, way, command);
    expect(problems).toEqual([]);
    if (command.args[0] !== "help") next.push(...followUps(lineOf(command), said, way));
  });

  test("what these print to be run next", () => {
    const known = new Set(ours.map(lineOf));
    const more = once(next).filter((one) => !known.has(lineOf(one)) && needOf(one.program, one.args) === null);
    const wrong = more.flatMap((command) =>
      paste(folder, way, command).problems.map((problem) => `${command.where}: ${lineOf(command)}: ${problem}`),
    );
    expect(wrong).toEqual([]);
  });
});
