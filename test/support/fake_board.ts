// A board that is none: a folder of programs, first in the PATH of a real shell, which print what real boards printed.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** What the board answers; each of it can be changed while it runs. */
export interface FakeBoard {
  /** Put it first in PATH. */
  readonly path: string;
  /** `alloc`, `ta`, `pager`, `time`, `memleak`: what xtest prints on standard output, and then its exit code and standard error. */
  prints(question: string, text: string, code?: number, err?: string): void;
  /** xtest hangs when it is asked for this. */
  hangs(question: string): void;
  /** The same, the next time alone. */
  hangsOnce(question: string): void;
  /** Anything else, by the name of its file: `uptime`, `dmesg`, `tee`, `supplicant`, `full`, `clients`, `noise`. */
  set(name: string, text: string): void;
  /** Adds a program of the board: a script in which $B is the board's folder. */
  program(name: string, script: string): void;
  /** Takes a program away. */
  without(program: string): void;
  remove(): void;
}

/** Captured from OP-TEE of these releases. */
export const BOARDS = ["4.0.0", "4.5.0", "4.10.0"] as const;

const DMESG = `[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x411fd070]
[    2.504943] optee: probing for conduit method.
[    2.505683] optee: revision VERSION
[    2.526972] optee: Asynchronous notifications enabled
[    2.527394] optee: dynamic shared memory is enabled
[    2.537539] optee: initialized driver
`;

// Each prints what lies in the folder of the board; what it does not know goes to the program of this system.
const PROGRAMS: Readonly<Record<string, string>> = {
  xtest: `q=\${2#--}; q=\${q:-usage}
test -e "$B/$q.once" && rm "$B/$q.once" && sleep 600
test -e "$B/$q.hangs" && sleep 600
sed "s|^Usage: xtest|Usage: $0|" "$B/$q.out" 2>/dev/null
test ! -e "$B/$q.err" || cat "$B/$q.err" >&2
exit "$(cat "$B/$q.code" 2>/dev/null || echo 0)"`,
  cat: `case "$*" in /proc/uptime) /bin/cat "$B/noise" 2>/dev/null; exec /bin/cat "$B/uptime" ;; /proc/118/comm) echo xtest ;; *) exec /bin/cat "$@" ;; esac`,
  dmesg: `exec /bin/cat "$B/dmesg"`,
  uname: "echo Linux 6.1.0-50-arm64 aarch64",
  id: `/bin/cat "$B/user"`,
  test: `t=$(/bin/cat "$B/tee"); case "$*" in "-e /dev/tee0") [ "$t" != missing ] ;; "-r /dev/tee0"|"-w /dev/tee0") [ "$t" = open ] ;; "-x "*) false ;; *) exec /usr/bin/test "$@" ;; esac`,
  grep: `s=$(/bin/cat "$B/supplicant"); case "$1 $2" in "-sl ^tee-supplicant") [ -n "$s" ] && echo /proc/106/comm ;; "-s ^State:") echo "State:	$s" ;; *) exec /bin/grep "$@" ;; esac`,
  ls: `exec /bin/cat "$B/clients"`,
  df: `/bin/cat "$B/full"`,
};

/** A board on which everything is well, with the statistics of a release. */
export function fakeBoard(release: (typeof BOARDS)[number]): FakeBoard {
  const folder = mkdtempSync(join(tmpdir(), "teemem-board-"));
  const path = join(folder, "bin");
  mkdirSync(path);
  const set = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const program = (name: string, script: string): void => {
    const file = join(path, name);
    writeFileSync(file, `#!/bin/sh\nB='${folder}'\n${script}\n`);
    chmodSync(file, 0o755);
  };
  for (const [name, script] of Object.entries(PROGRAMS)) program(name, script);
  set("uptime", "651.32 1204.11\n");
  set("dmesg", DMESG.replace("VERSION", release.split(".").slice(0, 2).join(".")));
  set("user", "0\n");
  set("tee", "open\n");
  set("supplicant", "S (sleeping)");
  set("full", "");
  set("clients", "");
  const board: FakeBoard = {
    path,
    prints(question, text, code = 0, err = "") {
      rmSync(join(folder, `${question}.hangs`), { force: true });
      set(`${question}.out`, text);
      set(`${question}.code`, String(code));
      set(`${question}.err`, err);
    },
    hangs: (question) => set(`${question}.hangs`, ""),
    hangsOnce(question) {
      rmSync(join(folder, `${question}.hangs`), { force: true });
      set(`${question}.once`, "");
    },
    set,
    program,
    without: (program) => rmSync(join(path, program)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  return board;
}

/** A file of what xtest of a release printed. */
export function captured(release: string, name: string): string {
  return resolve("test/fixtures/xtest", release, name);
}
