// Steps of the check list that the secure console alone can answer: the leak list, and the level of what the core prints.
import { LIST_WAIT } from "../console/heard_lines.ts";
import type { BoardOptions } from "./board.ts";
import { type CheckStep, found, unknown, wrong } from "./check_step.ts";

const HIDDEN = "shows on the secure console alone: --secure reads it beside the board";
/** Letters of levels before the name of who prints, from 1 to 4. */
const LEVELS = "EIDF";
/** The level of the lines of a leak list. */
const LIST_LEVEL = 2;

/** The highest level of the lines of the core; 0 where it printed none. */
function levelOf(lines: readonly string[]): number {
  return Math.max(0, ...lines.map((line) => LEVELS.indexOf(/\b([EIDF])\/TC:/.exec(line)?.[1] ?? "?") + 1));
}

/** What follows from it for statistics, which come without what asking takes where this is known. */
function toNote(there: boolean, { leakHeaders }: BoardOptions): string {
  if (leakHeaders?.there === there) return "";
  const word = there ? "yes" : "no";
  if (leakHeaders === undefined)
    return `; with 'leak-headers: ${word}' in boards.yaml, statistics come without what asking takes`;
  return `; ${leakHeaders.says} says otherwise`;
}

export const CONSOLE_STEPS: readonly CheckStep[] = [
  {
    name: "leak list",
    after: "statistics",
    async run({ board, heard, options }, signal) {
      const before = heard?.lines().length ?? 0;
      const answer = await board?.ask("memleak", signal);
      if (answer === undefined) return wrong("no board");
      if (!answer.ok) return wrong(answer.error.text);
      if (heard === undefined) return unknown(`answered; the list ${HIDDEN}`);
      await heard.settled(LIST_WAIT, signal);
      const lines = heard.lines();
      const blocks = lines.slice(before).filter((line) => line.includes("buffer: ")).length;
      if (blocks > 0) return found(`${blocks} blocks on the secure console${toNote(true, options)}`);
      if (levelOf(lines) >= LIST_LEVEL) return found(`none, so the core has no leak headers${toNote(false, options)}`);
      return unknown("no line of it came: that needs CFG_TEE_CORE_MALLOC_DEBUG=y and log level 2 or more");
    },
  },
  {
    name: "log level",
    after: "statistics",
    async run({ heard }) {
      if (heard === undefined) return unknown(HIDDEN);
      const most = levelOf(heard.lines());
      if (most === 0)
        return unknown("the core said nothing on the secure console meanwhile: level 0, or another program reads it");
      return found(`at least ${most}: lines of level ${LEVELS.charAt(most - 1)} came while it was asked`);
    },
  },
];
