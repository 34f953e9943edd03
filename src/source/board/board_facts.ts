// What a board is besides its statistics: its Linux, the driver, tee-supplicant, xtest. One command asks for all of it.
import { UPTIME_COMMAND, uptimeIn } from "./shell/uptime.ts";

/** What is known of a board. */
export interface BoardFacts {
  /** As `uname -srm` prints it; empty if unknown. */
  readonly system: string;
  /** Milliseconds since it booted; undefined if unknown. */
  readonly uptime: number | undefined;
  /** The user of the shell by number; empty if unknown. */
  readonly user: string;
  /** Whether the shell may use /dev/tee0; undefined if the board did not say. */
  readonly tee: "open" | "denied" | "missing" | undefined;
  /** Lines of the kernel about OP-TEE, from its boot; none where it keeps them to itself, or has dropped them. */
  readonly kernel: readonly string[];
  /** Release of OP-TEE as the driver read it, like 4.5; empty if unknown. */
  readonly version: string;
  /** Path of xtest; empty where it was not found. */
  readonly xtest: string;
  /** Path of an xtest that is teemem's own, of a simulated system; empty where there is none. */
  readonly ownXtest: string;
  /** Stopped: by a signal, so that it answers nothing. */
  readonly supplicant: "runs" | "stopped" | "missing" | undefined;
  /** Where files of the board go and no room is left. */
  readonly full: readonly string[];
  /** Programs that have a context of OP-TEE now, by name; undefined where this user does not see those of others. */
  readonly clients: readonly string[] | undefined;
}

const [TEE, COMM] = ["/dev/tee0", "/proc/[0-9]*/comm"];
/** Where xtest lies on boards whose PATH over ssh is short, and on Android. */
const PLACES = ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/vendor/bin", "/system/bin", "/data/local/tmp"];
/** Files of users and of secure storage. */
const FOLDERS = ["/tmp", "/var/lib/tee", "/data/tee", "/data/vendor/tee"];

/**
 * The command. Every line of its answer begins with a key, so that other lines may stand between. `env test` is the program: a
 * board may have neither of the two in its shell's words only.
 */
export function factsCommand(): string {
  return [
    `echo "@system $(uname -srm)"`,
    `echo "@user $(id -u)"`,
    UPTIME_COMMAND,
    `if ! env test -e ${TEE}; then echo "@tee missing"; elif env test -r ${TEE} && env test -w ${TEE}; then echo "@tee open"; else echo "@tee denied"; fi`,
    `dmesg 2>/dev/null | grep -i 'optee' | head -n 20 | sed 's/^/@kernel /'`,
    // OP-TEE's is no script of Node.js. Ours may come first in PATH.
    `own() { head -c 80 "$1" 2>/dev/null | grep -q 'env node'; }; o=; x=$(command -v xtest); if own "$x"; then o=$x; x=; fi`,
    `env test -n "$x" || for d in ${PLACES.join(" ")}; do env test -x $d/xtest && ! own $d/xtest && x=$d/xtest && break; done`,
    `echo "@xtest $x"; echo "@own $o"`,
    `p=$(grep -sl '^tee-supplicant' ${COMM} | head -n 1)`,
    `if env test -n "$p"; then echo "@supplicant $(grep -s '^State:' \${p%comm}status)"; else echo "@supplicant none"; fi`,
    `df -P ${FOLDERS.join(" ")} 2>/dev/null | sed -n 's/.* 100% /@full /p'`,
    `for p in $(ls -l /proc/[0-9]*/fd 2>/dev/null | sed -n '/^.proc/h; /tee0$/{x;p;x;}'); do echo "@client $(cat \${p%fd:}comm)"; done`,
    `echo "@end"`,
  ].join("; ");
}

/** What its answer says. Undefined where its last line is missing: the answer was cut. */
export function readFacts(text: string): BoardFacts | undefined {
  const lines = text.split("\n").map((line) => line.trimEnd());
  if (!lines.includes("@end")) return undefined;
  const all = (key: string): string[] =>
    lines.flatMap((line) => (line.startsWith(`@${key} `) ? [line.slice(key.length + 2).trim()] : []));
  const first = (key: string): string => all(key)[0] ?? "";
  const kernel = all("kernel");
  const user = /^\d+$/.exec(first("user"))?.[0] ?? "";
  return {
    system: first("system"),
    uptime: uptimeIn(text),
    user,
    tee: TEE_STATES.find((state) => state === first("tee")),
    kernel,
    version: kernel.flatMap((line) => /optee: revision (\d{1,3}\.\d{1,3})(?!\d)/.exec(line)?.[1] ?? []).at(-1) ?? "",
    xtest: first("xtest"),
    ownXtest: first("own"),
    supplicant: supplicantOf(first("supplicant")),
    full: [...new Set(all("full"))],
    clients: user === "0" ? [...new Set(all("client"))] : undefined,
  };
}

const TEE_STATES = ["open", "denied", "missing"] as const;

/** From the line of /proc/PID/status: `State:	T (stopped)`; a zombie is none. */
function supplicantOf(text: string): BoardFacts["supplicant"] {
  const state = /^State:\s*([A-Za-z])/.exec(text)?.[1];
  if (state === "T" || state === "t") return "stopped";
  if (text === "none" || state === "Z" || state === "X") return "missing";
  return state === undefined ? undefined : "runs";
}
