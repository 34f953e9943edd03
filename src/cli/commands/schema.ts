// `teemem schema`: prints the JSON Schema of what a command prints as data.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Argument, type Command, type OptionValues } from "commander";
import { clip, printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { wrapLines } from "../../view/terminal/wrap.ts";
import { suggestOrList } from "../outputs/nearest.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { packagePath } from "../package/package_path.ts";

const EXAMPLES = `
Prints the JSON Schema (draft 2020-12) of what a command prints with --json: each
field with its meaning and unit. Without a command it lists all schemas. The files
are in the folder docs/schemas of the package; docs/json.md says what holds for all.

Examples:
  teemem schema stats
  teemem schema report | jq '."$defs" | keys'
`;

/** A schema of the package. */
interface ShippedSchema {
  /** The command whose output it describes. */
  readonly command: string;
  readonly title: string;
  readonly about: string;
  readonly text: string;
}

/** The argument and examples of `teemem schema`. */
export function declare(command: Command): void {
  const argument = new Argument("[command]", "the command; default: list all schemas");
  // Only for the completion of words: what is no command is told in our own words.
  argument.argChoices = shippedSchemas().map((one) => one.command);
  command.addArgument(argument).addHelpText("after", EXAMPLES);
}

/** Prints one, or lists all. */
export async function run([wanted]: readonly string[], _options: OptionValues, io: Io): Promise<CommandResult> {
  const schemas = shippedSchemas();
  if (wanted === undefined) {
    const paint = createPaint(io.out);
    for (const { title, about } of schemas) {
      io.out.write(shown`${paint.bold(printable(title))}\n`);
      for (const line of wrapLines(about, paint, "  ")) io.out.write(shown`${line}\n`);
    }
    return ok(0);
  }
  const found = schemas.find(({ command }) => command === wanted);
  const names = schemas.map(({ command }) => command);
  if (found === undefined) return err(`no schema for '${clip(wanted)}'${suggestOrList(wanted, names)}`);
  io.out.writeData(found.text);
  return ok(0);
}

function shippedSchemas(): ShippedSchema[] {
  const folder = packagePath("docs/schemas");
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      const { title, description } = JSON.parse(text) as { readonly title: string; readonly description: string };
      return { command: title.split(" ")[1] ?? "", title, about: description, text };
    });
}
