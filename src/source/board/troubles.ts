// What keeps a board from answering: each cause is one sentence that says what to do.
import type { BoardFacts } from "./board_facts.ts";

interface Trouble {
  readonly when: (facts: BoardFacts) => boolean;
  readonly say: (facts: BoardFacts) => string;
}

const started = ({ kernel }: BoardFacts): boolean => kernel.some((line) => line.includes("initialized driver"));

// The first that applies is said.
const NO_TEE: readonly Trouble[] = [
  {
    when: ({ tee, kernel }) => tee === "missing" && kernel.length === 0,
    say: () =>
      "there is no /dev/tee0: Linux found no OP-TEE; the boot loader must start it, the device tree needs its node (firmware/optee), and the kernel CONFIG_OPTEE",
  },
  {
    when: (facts) => facts.tee === "missing" && !started(facts),
    say: ({ kernel }) => `there is no /dev/tee0: the driver did not start; its last line is "${lastOf(kernel)}"`,
  },
  {
    when: ({ tee }) => tee === "missing",
    say: () =>
      "there is no /dev/tee0, though the driver started: udev or mdev has to make it, or 'mount -t devtmpfs dev /dev'",
  },
  {
    when: ({ tee }) => tee === "denied",
    say: ({ user }) =>
      `no permission for /dev/tee0 as user ${user === "" ? "of this login" : user}: log in as root, or add the user to the group of the file`,
  },
];

/** Why no program of the board reaches OP-TEE; empty where nothing speaks against it. */
export function noTee(facts: BoardFacts): string {
  return NO_TEE.find(({ when }) => when(facts))?.say(facts) ?? "";
}

const INSTALL = "install optee_test (Debian: optee-test-…), or name its path in boards.yaml";

/** Why the board has no xtest to ask. */
export function noXtest({ ownXtest }: Pick<BoardFacts, "ownXtest">): string {
  if (ownXtest !== "")
    return `${ownXtest} is teemem's own xtest, which asks a simulated system (--on sim), and no other was found: ${INSTALL}`;
  return `there is no xtest on the board: ${INSTALL}`;
}

/** How tee-supplicant is; empty where it runs, or where that is not known. */
export function supplicantTrouble({ supplicant }: BoardFacts): string {
  if (supplicant === "missing")
    return "tee-supplicant does not run: statistics answer, but whatever opens a TA or uses secure storage hangs; start it on the board with 'tee-supplicant -d'";
  if (supplicant === "stopped")
    return "tee-supplicant is stopped by a signal: statistics answer, but whatever opens a TA or uses secure storage hangs; let it go on with 'kill -CONT $(pidof tee-supplicant)'";
  return "";
}

/** What no room on the board keeps from working; empty where there is some. */
export function fullTrouble({ full }: BoardFacts): string {
  if (full.length === 0) return "";
  return `no room is left in ${full.join(", ")}: secure storage and files that teemem copies there fail; statistics need none`;
}

/** Why a question was not answered while the shell is alive. */
export function hangs(askedTas: boolean, seconds: number): string {
  const what = `OP-TEE has not answered for ${seconds} s, while the shell of the board does`;
  if (askedTas)
    return `${what}: --ta deadlocks OP-TEE 4.x when programs use TAs meanwhile (seen with 'xtest 1006', 'xtest 4006' and pkcs11); only a reboot of the board helps`;
  return `${what}: all its threads are busy, or it is deadlocked (as by 'xtest --stats --ta' while programs use TAs); wait for what runs there, or reboot the board`;
}

/** The board has rebooted since the last question. */
export function rebooted(before: number, now: number): string {
  return `the board has rebooted: it was up for ${seconds(before)} s, and now for ${seconds(now)} s; its counters began again, so ask again`;
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

/** The last line of the kernel without its time stamp; empty where there is none. */
export function lastOf(kernel: readonly string[]): string {
  return (kernel.at(-1) ?? "").replace(/^\[ *\d+\.\d+\] ?/, "");
}

/** Why a board is not asked for its TAs by default. */
export const NO_TAS = "not asked: --ta can deadlock OP-TEE 4.x while programs use TAs; --ta-stats asks all the same";

/** Why --ta should not be asked now; empty where no program of the normal world can have a session open. */
export function taRisk({ clients }: BoardFacts): string {
  if (clients === undefined)
    return "not asked, because only root sees whether programs use OP-TEE now, and --ta can deadlock OP-TEE 4.x then; --ta-stats asks all the same";
  if (clients.length === 0) return "";
  return `not asked, because ${clients.join(", ")} ${clients.length === 1 ? "uses" : "use"} OP-TEE now, and --ta can deadlock OP-TEE 4.x then; --ta-stats asks all the same`;
}

/** A report that cannot be whole. */
export function otherPools(now: number, before: number): string {
  return `the board reported ${now} pools, before it were ${before}: a part of the answer is missing; ask again`;
}
