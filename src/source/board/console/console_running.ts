// A long command on a console: it runs in the background, and its output is fetched in parts, each with its checksum.

import { setTimeout as sleep } from "node:timers/promises";
import { ok, type Result } from "../../../base/result.ts";
import { shellQuoted } from "../../../base/shell_word.ts";
import { createLineQueue } from "../shell/line_queue.ts";
import type { ShellLink } from "../shell/link.ts";
import { failure, type Running, type ShellFailure } from "../shell/shell.ts";

/** Milliseconds between two looks, while there is output and while there is none. */
const SOON = 200;
const LATER = 1000;
const TIMEOUT = 30_000;
/** Files of up to 4 KiB that may wait on the board; the command is held up then. */
const WAITING = 64;
/** Files that one look takes. */
const AT_ONCE = 4;

/** Starts it. `id` has letters and digits; `signal` sends a signal to all that have a setting in their environment. */
export function followConsole(
  link: ShellLink,
  id: string,
  command: string,
  signal: (setting: string, name: string) => Promise<void>,
): Running {
  const queue = createLineQueue();
  const setting = `TEEMEM_START=${id}.`;
  const ended = follow(link, id, command, queue.push).finally(queue.end);
  return {
    lines: queue.lines,
    ended,
    async stop() {
      await signal(setting, "TERM");
      const late = setTimeout(() => void signal(setting, "KILL"), 2 * LATER);
      await ended;
      clearTimeout(late);
    },
  };
}

async function follow(
  link: ShellLink,
  id: string,
  command: string,
  push: (line: string) => void,
): Promise<Result<number, ShellFailure>> {
  const ask = async (text: string): Promise<Result<Buffer, ShellFailure>> => {
    const answer = await link.ask(text, { timeout: TIMEOUT });
    return answer.ok ? ok(Buffer.from(answer.value.out)) : answer;
  };
  const begun = await ask(startScript(id, command));
  if (!begun.ok) return begun;
  const folder = begun.value.toString("utf8").trim();
  if (folder === "") return failure("refused", "the board has no folder for the output of a long command; is it full?");
  await link.keep(folder);
  let next = 0;
  let rest = Buffer.alloc(0);
  for (;;) {
    const got = await ask(lookScript(folder, next));
    if (!got.ok) return got;
    // The last line: the next file, then the exit code where all is there.
    const at = got.value.lastIndexOf(10);
    const [number = "", code = ""] = got.value.toString("latin1", at + 1).split(" ");
    const progress = Number(number) - next;
    next = Number(number);
    const lines = Buffer.concat([rest, got.value.subarray(0, Math.max(0, at))])
      .toString("latin1")
      .split("\n");
    rest = Buffer.from(lines.pop() ?? "", "latin1");
    for (const line of lines) push(Buffer.from(line, "latin1").toString("utf8"));
    if (code !== "") {
      if (rest.length > 0) push(rest.toString("utf8"));
      await ask(`rm -rf ${folder}`);
      return ok(Number(code));
    }
    if (progress < AT_ONCE) await sleep(progress > 0 ? SOON : LATER);
  }
}

/** Prints the folder: output comes there in files 0, 1, 2 …, the exit code in `end`. dd reads what is there, at most a part. */
function startScript(id: string, command: string): string {
  const job = `{ TEEMEM_START=${id}. sh -c ${shellQuoted(command)} 2>&1; echo $? >code; } </dev/null | {
n=0
while dd bs=4096 count=1 of=new && [ -s new ]; do
  mv new $n; n=$((n+1)); while [ -e $((n-${WAITING})) ]; do sleep 1; done
done
mv code end
}`;
  return `for f in /tmp /dev/shm /run /var/tmp; do
  f=$f/teemem-${id}; mkdir -m 700 $f && cd $f && echo x >try && [ -s try ] && break; f=
done 2>/dev/null
[ -n "$f" ] && { sh -c ${shellQuoted(job)} </dev/null >/dev/null 2>&1 & echo $f; }`;
}

/** Prints what has come, from a file on, and removes what was there before it. */
function lookScript(folder: string, next: number): string {
  return `cd ${folder} || exit
e=$(cat end 2>/dev/null); n=${next}; i=$((n-1)); while [ $i -ge 0 ] && [ -e $i ]; do rm -f $i; i=$((i-1)); done
while [ -e $n ] && [ $n -lt ${next + AT_ONCE} ]; do cat $n; n=$((n+1)); done
[ -e $n ] && e=; printf '\\n%s %s' $n "$e"`;
}
