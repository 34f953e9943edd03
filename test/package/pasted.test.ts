// Some commands of README and help as a reader pastes them, from an empty folder, in each way to call the programs.
// pasted_whole.test.ts has all of them.
import { afterAll, describe, expect, inject, test } from "vitest";
import { commandsOf } from "../support/shown_commands.ts";
import { paste } from "./paste.ts";
import { emptyFolder } from "./shell.ts";
import { waysFrom } from "./ways.ts";

const SOME = commandsOf(
  "here",
  `teemem help record
teemem leaks before.log after.log
teemem doctor --error 0xffff000c --origin 3 --log console.log
teemem device libteec
teemem record -o run.arrows -- run aes
teemem report run.arrows
teemem replay demo:core --pool 60k
xtest --stats --alloc`,
  true,
);

const folder = emptyFolder();
afterAll(() => folder[Symbol.dispose]());

describe.each(waysFrom(inject("made"), folder, "empty/folder"))("$name", (way) => {
  test("answers from an empty folder, and prints commands that begin as it was called", () => {
    if (way.first !== "") expect(folder.sh(`mkdir -p empty && cd empty && ${way.first}`)).toMatchObject({ code: 0 });
    // npx unpacks a file anew for each command, which takes many seconds.
    for (const command of way.name === "npx" ? SOME.slice(0, 2) : SOME)
      expect([command.args, paste(folder, way, command).problems]).toEqual([command.args, []]);
  });
});
