// Every command that the texts of this project show: of help, README, docs and examples.
import { readdirSync, readFileSync } from "node:fs";
import { commands } from "../../src/cli/commands.ts";
import { runOnWidth } from "../run_here.ts";
import { commandsOfHelp, commandsOfPage, type ShownCommand } from "./shown_commands.ts";

/** Paths of the pages for users, from the root of the project. */
function pages(): string[] {
  const docs = readdirSync("docs").filter((name) => name.endsWith(".md"));
  return ["README.md", ...docs.map((name) => `docs/${name}`), "examples/README.md", "examples/ta/README.md"];
}

/** All of them, page by page, then help by help. */
export async function shownCommands(): Promise<ShownCommand[]> {
  const found = pages().flatMap((page) => commandsOfPage(page, readFileSync(page, "utf8")));
  for (const words of [["help"], ...commands.map(({ name }) => ["help", name])]) {
    const { out } = await runOnWidth(200, ...words);
    found.push(...commandsOfHelp(words.join(" "), out));
  }
  return found;
}
