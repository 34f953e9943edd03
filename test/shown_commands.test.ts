// Every command that help, README and docs show is understood: no option or command is unknown, no word is missing or too many.
// Those for boards, compilers and programs of a reader's own, too. test/package runs what needs none of these.
import { CommanderError } from "commander";
import { describe, expect, test } from "vitest";
import { buildProgram } from "../src/cli/program.ts";
import { commandsOf, commandsOfHelp, commandsOfPage } from "./support/shown_commands.ts";
import { shownCommands } from "./support/shown_pages.ts";

const nowhere = { width: 80, write: () => {} } as never;
const IO = { out: nowhere, err: nowhere, input: [] as never, clock: () => 0 };

/** What a mention may lack: the words that a reader puts there. */
const LEFT_OPEN = new Set([
  "commander.missingArgument",
  "commander.invalidArgument",
  "commander.optionMissingArgument",
  "commander.missingMandatoryOptionValue",
]);

/** The error of the program's own parser; null where it has none. */
async function misunderstood(args: readonly string[], whole: boolean): Promise<string | null> {
  const { program } = await buildProgram((name) => args.includes(name), IO);
  for (const command of program.commands) command.action(() => {});
  try {
    // As main.ts does: a level is an option of its own.
    await program.parseAsync(
      args.map((word) => word.replace(/^--memcheck=/, "--memcheck-")),
      { from: "user" },
    );
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0 || (!whole && LEFT_OPEN.has(error.code))) return null;
    return error.message;
  }
}

describe("the commands that are shown", () => {
  test("are all understood", async () => {
    const all = (await shownCommands()).filter(({ program, args }) => program === "teemem" && args[0] !== "…");
    expect(all.filter(({ whole }) => whole).length).toBeGreaterThan(180);
    expect(all.filter(({ whole }) => !whole).length).toBeGreaterThan(100);
    const wrong: string[] = [];
    for (const { where, args, whole } of all) {
      const problem = await misunderstood(args, whole);
      if (problem !== null) wrong.push(`${where}: teemem ${args.join(" ")}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  });

  test("and those that are wrong are not", async () => {
    expect(await misunderstood(["nosuch", "x"], false)).toContain("unknown command");
    expect(await misunderstood(["stats", "--nosuch"], false)).toContain("unknown option");
    expect(await misunderstood(["export", "--format"], true)).toContain("argument missing");
  });
});

test("a page shows commands in blocks of shell and in code, help in its indented lines", () => {
  const page =
    "Run `teemem stats --on X`, or `xtest -h`. `teemem` is a name.\n```sh\nnpx teemem demo   # tour\n```\n```\nteemem top  1 system\n```\n";
  const brief = commandsOfPage("p", page).map(({ program, args, whole }) => [program, ...args, whole]);
  expect(brief).toEqual([
    ["teemem", "demo", true],
    ["teemem", "stats", "--on", "X", false],
    ["xtest", "-h", false],
  ]);
  const help =
    "teemem is a name\n  teemem size a \\\n    --heap b\n  teemem leaks a b   growth\n                 teemem no\n";
  expect(commandsOfHelp("h", help).map(({ args }) => args.join(" "))).toEqual(["size a --heap b", "leaks a b"]);
  expect(
    commandsOf("o", "node a/teemem.mjs xtest --stats; node teemem.mjs", true).map(({ program }) => program),
  ).toEqual(["xtest", "teemem"]);
});
