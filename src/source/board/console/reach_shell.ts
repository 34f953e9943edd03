// From whatever a console shows to a shell that runs commands: login, a board that boots, somebody's line.
import { clip } from "../../../base/printable.ts";
import { ok, type Result } from "../../../base/result.ts";
import { failure, type ShellFailure } from "../shell/shell.ts";
import type { TerminalLine } from "./line.ts";

/** Milliseconds of silence after which a console has said what it had to say. */
const QUIET = 400;
/** Milliseconds for a first letter; a login with a wrong password takes three seconds. */
const SLOW = 5000;
/** Clears what somebody has typed, then asks for a prompt. */
const CLEAR = "\u0015\r";
/** Questions without an answer after which nobody is there. */
const TRIES = 3;

/** Who logs in. */
export interface Login {
  readonly user: string;
  /** Asks for the password; undefined where there is none to be had. */
  password(): Promise<string | undefined>;
}

/** What the last line of a console says. The first row that fits is it. */
const SHOWN = [
  ["autoboot", /autoboot/i],
  ["login", /login: ?$/],
  ["password", /[Pp]assword(?: for [^:]{0,40})?: ?$/],
  ["loader", /(?:^|[^=])=> ?$|^(?:U-Boot|Shell|barebox[^>]{0,60}|grub)> ?$/],
] as const;
type Shown = (typeof SHOWN)[number][0] | "other";

/** Types until a command runs. True where it had to log in, so that somebody has to log out. */
export async function reachShell(
  line: TerminalLine,
  { user, password }: Login,
  key: string,
  signal: AbortSignal,
): Promise<Result<boolean, ShellFailure>> {
  let typed: "nothing" | "clear" | "probe" | "user" | "password" = "nothing";
  let [loggedIn, silent, echoes] = [false, 0, 0];
  let shown = await line.settle(QUIET, QUIET, signal);
  for (;;) {
    const what = whatIsShown(shown);
    if (shown.includes(`@@teem:${key}:/`)) return ok(loggedIn);
    if (shown.includes(`@@teem:${key}:`) || what === "loader") return failure("refused", IN_LOADER);
    if ((typed === "user" || typed === "password") && WRONG.test(shown))
      return failure("refused", `the console lets '${clip(user)}' not in; check the user and the password`);
    if (line.over || signal.aborted) return failure("no-answer", lastShown(shown));
    if (what === "autoboot") {
      shown = lastLine(shown) + (await line.settle(SLOW, SLOW, signal));
      continue;
    }
    if (what === "login") {
      typed = "user";
      await line.type(`${user}\r`);
    } else if (what === "password" && typed === "user") {
      const word = await password();
      if (word === undefined)
        return failure("refused", `the console asks for the password of '${clip(user)}'; ${SAY_PASSWORD}`);
      [typed, loggedIn] = ["password", true];
      await line.type(`${word}\r`);
    } else {
      silent = shown === "" && typed !== "nothing" ? silent + 1 : 0;
      echoes = typed === "probe" && isEcho(shown) ? echoes + 1 : 0;
      if (silent === TRIES) return failure("no-answer", NOTHING);
      if (echoes === TRIES) return failure("refused", FOREGROUND);
      if (isNoise(shown)) return failure("refused", NOISE);
      // The mark does not stand in what is typed, and a boot loader has no folder to put behind it.
      const text: string = typed === "nothing" || what === "password" ? CLEAR : ` echo @@''teem:${key}:$PWD\r`;
      typed = text === CLEAR ? "clear" : "probe";
      await line.type(text);
    }
    shown = await line.settle(QUIET, SLOW, signal);
    if (typed === "user" && shown !== "" && !WRONG.test(shown)) loggedIn = true;
  }
}

const WRONG = /[Ll]ogin incorrect|[Aa]uthentication failure|[Pp]ermission denied/;
const IN_LOADER = "the board is in its boot loader; type 'boot' there, or switch it off and on";
const FOREGROUND =
  "a program runs in the foreground of the console and takes what is typed; end it there, or use ssh://";
const NOTHING =
  "nothing answers on the console; check that the board is on, the cable, the speed, and that nobody else is connected";
const NOISE = "the console sends what is no text; check the speed, for example serial:/dev/ttyUSB0?baud=115200";
const SAY_PASSWORD = "run teemem in a terminal, or name an environment variable in boards.yaml (password: NAME)";

function whatIsShown(text: string): Shown {
  const last = lastLine(text);
  return SHOWN.find(([, pattern]) => pattern.test(last))?.[0] ?? "other";
}

/** The last line, without what only moves the cursor. */
function lastLine(text: string): string {
  const [first = "", ...rest] = (
    text
      .slice(-400)
      .split(/[\r\n]/)
      .at(-1) ?? ""
  ).split("\u001b[");
  return first + rest.map((part) => part.replace(/^[\d;?]*[A-Za-z]/, "")).join("");
}

function lastShown(text: string): string {
  const last = clip(lastLine(text.trimEnd()));
  return `no shell could be reached on the console${last === "" ? "" : `; it shows: ${last}`}`;
}

/** True where nothing stands but what was typed. */
function isEcho(text: string): boolean {
  const end = text.lastIndexOf("$PWD");
  return text.includes("@@''teem:") && end >= 0 && text.slice(end + 4).trim() === "";
}

/** True for the noise of a wrong speed. */
function isNoise(text: string): boolean {
  const odd = [...text].filter((letter) => letter > "~" || (letter < " " && !"\t\n\r\u001b".includes(letter))).length;
  return text.length >= 8 && odd > text.length / 2;
}
