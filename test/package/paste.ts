// Pastes commands into a shell, as a reader does, and reads what they print.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { shellWord } from "../../src/base/shell_word.ts";
import { commandsOf, type ShownCommand } from "../support/shown_commands.ts";
import { inputsOf, makeInput } from "./inputs.ts";
import type { Folder, Said } from "./shell.ts";
import type { Way } from "./ways.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** npm's, which has the packages of the lock file, whatever HOME a command sees. */
const CACHE = spawnSync("npm", ["config", "get", "cache"], { encoding: "utf8" }).stdout.trim();

/** Long enough for any of them; one that serves ends when it is interrupted. */
const SECONDS = 400;
const SERVES = /^(boot|serve)$/;

/** A command in printed text, as in base/call_words.ts: in a line of its own, behind another one, or in quotes. */
const PRINTED =
  /(?<=^ +(?:[A-Z_]+=\S+ )*|['`(]|[|;&] )(?:npx(?: --yes)?(?: -p)?(?: \S+)? |node \S+ )?(?:teemem|xtest)(?= [a-z-])[^'`\n]*|(?<=^ +|['`(]|[|;&] )(?:npx --yes|node) \S+ [a-z-][^'`\n]*/gm;

/** The same words again are the same command. */
export function lineOf({ program, args, variables }: ShownCommand): string {
  return [...variables.map(quotedVariable), program, ...args.map(shellWord)].join(" ");
}

function quotedVariable(word: string): string {
  const [name = "", ...value] = word.split("=");
  return `${name}=${shellWord(value.join("="))}`;
}

/** Runs a command in an empty folder that has the files that it names, and says what is wrong; what it printed. */
export function paste(
  folder: Folder,
  way: Way,
  command: ShownCommand,
): { readonly problems: string[]; readonly said: Said } {
  const at = "empty/folder";
  folder.sh(`rm -rf ${at} && mkdir -p ${at}`);
  const path = `PATH=${shellWord(folder.path)}/prefix/bin:$PATH XDG_RUNTIME_DIR=$PWD HOME=${shellWord(folder.path)} npm_config_cache=${shellWord(CACHE)}`;
  for (const name of inputsOf(command.args)) {
    const made = folder.sh(`export ${path}; ${makeInput(name, ROOT, way.teemem, command.args)}`, at);
    if (made.code !== 0) return { problems: [`${name} cannot be made: ${made.err}`], said: made };
  }
  const words = [...command.variables.map(quotedVariable), way[command.program], ...command.args.map(shellWord)];
  const limit = SERVES.test(command.args[0] ?? "") ? "timeout --preserve-status -s INT 8" : `timeout ${SECONDS}`;
  const said = folder.sh(
    `export ${path}; ${words.join(" ").replace(way[command.program], `${limit} ${way[command.program]}`)}`,
    at,
  );
  return { problems: [...problemsOf(said), ...(isData(command) ? [] : wrongWords(said, way))], said };
}

/** Programs read it, which find ours by name: scripts of shells, and JSON. */
function isData({ args }: ShownCommand): boolean {
  return args[0] === "completion" || args.includes("--json");
}

/** It failed as with wrong words. */
function problemsOf({ code, err }: Said): string[] {
  const problems = code === 0 || code === 1 ? [] : [`exit code ${code}: ${err.trim().slice(-300)}`];
  if (/internal error|unknown (option|command)/.test(err)) problems.push(err);
  return problems;
}

/** Printed commands that begin with other words than its own. */
function wrongWords({ out, err }: Said, way: Way): string[] {
  return printedIn(`${out}${err}`)
    .filter((printed) => ![way.teemem, way.xtest, "xtest"].some((begin) => printed.startsWith(`${begin} `)))
    .map((printed) => `prints '${printed}'`);
}

function printedIn(text: string): string[] {
  return [...text.matchAll(PRINTED)].map(([printed]) => printed);
}

/** The commands that an output says to run next. */
export function followUps(where: string, { out, err }: Said, way: Way): ShownCommand[] {
  return printedIn(`${out}${err}`).flatMap((printed) => {
    const program = printed.startsWith(`${way.xtest} `) ? "xtest" : "teemem";
    const words = printed.replace(`${way[program]} `, `${program} `).replace(/ {2,}.*/, "");
    // A name alone says which command goes on, not how.
    return commandsOf(`printed by ${where}`, words, true).filter(({ args }) => args.length > 1);
  });
}
