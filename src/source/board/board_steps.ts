// Steps of the check list from the connection up to Linux's part: shell, device, driver, tee-supplicant, room.
import { openBoard } from "./board.ts";
import type { BoardFacts } from "./board_facts.ts";
import { type CheckStep, found, orElse, type StepResult, unknown, wrong } from "./check_step.ts";
import { fullTrouble, lastOf, noTee, supplicantTrouble } from "./troubles.ts";

export const BOARD_STEPS: readonly CheckStep[] = [
  {
    name: "reachable",
    after: "",
    async run(examined, signal) {
      const shell = await examined.open(signal);
      if (!shell.ok) return wrong(shell.error);
      examined.shell = shell.value;
      return found(shell.value.name);
    },
  },
  {
    name: "shell",
    after: "reachable",
    async run(examined) {
      const { shell, options, clock } = examined;
      if (shell === undefined) return wrong("no shell");
      const board = await openBoard(shell, options, clock);
      if (!board.ok) return wrong(board.error);
      examined.board = board.value;
      const { system, user } = board.value.facts;
      const line = shell.mixed ? "; a console: other lines may stand in its answers" : "";
      return found(`${system === "" ? "answers" : system}, user ${user === "" ? "unknown" : user}${line}`);
    },
  },
  {
    name: "/dev/tee0",
    after: "shell",
    run: withFacts((facts) =>
      facts.tee === undefined ? unknown("the board did not say") : orElse(noTee(facts), "can be opened"),
    ),
  },
  {
    name: "driver",
    after: "shell",
    run: withFacts(({ kernel, version }) => {
      if (version !== "") return found(`OP-TEE ${version}; "${lastOf(kernel)}"`);
      if (kernel.length > 0)
        return unknown(`the revision is not in the kernel's log; its last line is "${lastOf(kernel)}"`);
      return unknown("the kernel's log has no line of it: dropped since the boot, or not for this user");
    }),
  },
  {
    name: "tee-supplicant",
    after: "shell",
    run: withFacts((facts) =>
      facts.supplicant === undefined ? unknown("/proc does not tell") : orElse(supplicantTrouble(facts), "runs"),
    ),
  },
  {
    name: "free space",
    after: "shell",
    run: withFacts((facts) => orElse(fullTrouble(facts), "there is some")),
  },
];

function withFacts(say: (facts: BoardFacts) => StepResult): CheckStep["run"] {
  return async ({ board }) => (board === undefined ? wrong("no board") : say(board.facts));
}
