// Steps of the check list that the secure console alone can answer: the leak list, and the level of what the core prints.
import { LIST_WAIT } from "../console/heard_lines.ts";
import { type CheckStep, found, unknown, wrong } from "./check_step.ts";

const HIDDEN = "shows on the secure console alone: --secure reads it beside the board";
/** Letters of levels before the name of who prints, from 1 to 4. */
const LEVELS = "EIDF";

export const CONSOLE_STEPS: readonly CheckStep[] = [
  {
    name: "leak list",
    after: "statistics",
    async run({ board, heard }, signal) {
      const before = heard?.lines().length ?? 0;
      const answer = await board?.ask("memleak", signal);
      if (answer === undefined) return wrong("no board");
      if (!answer.ok) return wrong(answer.error.text);
      if (heard === undefined) return unknown(`answered; the list ${HIDDEN}`);
      await heard.settled(LIST_WAIT, signal);
      const blocks = heard
        .lines()
        .slice(before)
        .filter((line) => line.includes("buffer: ")).length;
      if (blocks > 0) return found(`${blocks} blocks on the secure console`);
      return unknown("no line of it came: that needs CFG_TEE_CORE_MALLOC_DEBUG=y and log level 2 or more");
    },
  },
  {
    name: "log level",
    after: "statistics",
    async run({ heard }) {
      if (heard === undefined) return unknown(HIDDEN);
      const levels = heard
        .lines()
        .map((line) => LEVELS.indexOf(/\b([EIDF])\/(?:TC|TA|LD):/.exec(line)?.[1] ?? "?") + 1);
      const most = Math.max(0, ...levels);
      if (most === 0) return unknown("the secure console said nothing meanwhile: level 0, or another program reads it");
      return found(`at least ${most}: lines of level ${LEVELS.charAt(most - 1)} came while it was asked`);
    },
  },
];
