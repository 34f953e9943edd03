// A long command on a pipe of its own: its lines, as they come.
import { ok, type Result } from "../../../base/result.ts";
import { type Inbox, takeMarked } from "./inbox.ts";
import { createLineQueue, type LineQueue } from "./line_queue.ts";
import { failure, type Running, type ShellFailure } from "./shell.ts";

const NEVER = new AbortController().signal;
/** Milliseconds from SIGTERM to SIGKILL. */
const PATIENCE = 2000;

interface Ends {
  send(text: string): Promise<unknown>;
  /** Why the connection is gone. */
  lost(): string;
}

/** Reads the lines behind the first mark, to the second one with the exit code. */
export function followPipe(inbox: Inbox, mark: string, { send, lost }: Ends): Running {
  const queue = createLineQueue();
  const ended = pump(inbox, mark, queue, lost);
  return {
    lines: queue.lines,
    ended,
    async stop() {
      await send("k\n");
      const late = setTimeout(() => void send("K\n"), PATIENCE);
      await ended;
      clearTimeout(late);
    },
  };
}

async function pump(
  inbox: Inbox,
  mark: string,
  queue: LineQueue,
  lost: () => string,
): Promise<Result<number, ShellFailure>> {
  const begin = await takeMarked(inbox, `${mark}begin`, NEVER);
  const last = mark.slice(1);
  // The second mark begins with a newline of its own: an empty line is the command's only if another line follows.
  let empty = 0;
  while (begin !== null) {
    const line = takeLine(inbox);
    if (line === null) {
      if (inbox.over) break;
      await inbox.more(NEVER);
    } else if (line.startsWith(last)) {
      for (; empty > 1; empty--) queue.push("");
      queue.end();
      return ok(Number(line.slice(last.length)));
    } else if (line === "") empty++;
    else {
      for (; empty > 0; empty--) queue.push("");
      queue.push(line);
    }
  }
  // What has no newline was truncated.
  queue.end();
  return failure("lost", lost());
}

function takeLine(inbox: Inbox): string | null {
  const end = inbox.peek().indexOf(10);
  return end < 0
    ? null
    : Buffer.from(inbox.take(end + 1))
        .toString("utf8")
        .replace(/\r?\n$/, "");
}
