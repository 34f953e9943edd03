// What is said to an agent on the board: how it is started, its requests, its marks.
import { shellQuoted } from "../../../base/shell_word.ts";
import { CONSOLE_AGENT, PIPE_AGENT } from "./agent_text.ts";

/** Seconds without a line from here until an agent ends, where the board's sh has `read -t`. */
const AGENT_WAITS = 30;

/**
 * Starts the agent of a pipe, in a shell that reads from it. Behind its first mark, `@@teem:KEY:0:ready`, it takes lines: an
 * empty one says that we are there; `KEY q …` runs a command; `k` and `K` end the one that runs, by SIGTERM and SIGKILL. At any
 * other line, at the end of the input, and when nothing came for half a minute, it ends what it has started, then itself. All
 * that it starts has TEEMEM_SHELL in its environment, so that it finds what was left behind, too.
 */
export function pipeStart(key: string): string {
  return `TEEMEM_SHELL=${key} exec sh -c ${shellQuoted(PIPE_AGENT)} sh ${key} ${AGENT_WAITS}\n`;
}

/**
 * Starts the agent of a terminal, in one line that any shell takes; behind the mark `@@teem:KEY:0:send` it takes its text.
 * `logsOut`: the shell ends with the agent, also where nobody is there any more to say so; not where the agent did not start.
 */
export function consoleStart(key: string, logsOut: boolean): string {
  const script = [
    's=$(stty -g); stty -echo; n=$(printf "\\n."); a=; echo; echo @@""teem:$0:0:send',
    `while IFS= read -r l; do case $l in .?*) a=$a$\{l#.}$\{n%.};; *) break;; esac; done`,
    "c=sh; (read -t 1 l) </dev/null; [ $? = 1 ] || c=bash",
    `[ "$l" = . ] && exec $c -c "$a" "$s" $0 ${AGENT_WAITS}; stty $s; false`,
  ];
  return ` env TEEMEM_SHELL=${key} sh -c '${script.join("; ")}' ${key} 2>/dev/null${logsOut ? LOG_OUT : ""}\r`;
}

/** The agent ends with 0, or by its own SIGKILL. */
const LOG_OUT = "; case $? in 0|137) exit;; esac";

/** The text of the agent of a terminal, line by line. */
export const CONSOLE_LINES = [
  ...CONSOLE_AGENT.trimEnd()
    .split("\n")
    .map((line) => `.${line}\n`),
  ".\n",
];

/** Runs a command over a pipe. */
export function pipeRequest(key: string, number: number, command: string): string {
  return `${key} q ${number} ${oneLine(command)}\n`;
}

/** Runs a command over a terminal, where letters may be lost: its length goes with it, 0 for none. */
export function consoleRequest(key: string, number: number, command: string): string {
  const length = /^[\n -~]*$/.test(command) ? command.length : 0;
  return `${key} q ${number} ${length} ${oneLine(command)}\n`;
}

/** Gives the agent a part of the input of its next command, in letters of its encoding. */
export function inputLine(key: string, part: string): string {
  return `${key} i '${part}'\n`;
}

/** Ends what a command has left behind. */
export function leftBehind(key: string, number: number): string {
  return `${key} x TEEMEM_RUN=${key}.${number}. KILL\n`;
}

function oneLine(command: string): string {
  return shellQuoted(command).replaceAll("\n", `'"$n"'`);
}

/** The start of a mark's line. Behind it stands `begin`, then the exit code or the checksum. */
export function answerMark(key: string, number: number | string): string {
  return `\n@@teem:${key}:${number}:`;
}
