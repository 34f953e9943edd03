// Finds out whether there is a terminal behind a channel.
import type { Channel } from "./channel/channel.ts";
import { within } from "./shell/deadline.ts";
import type { Inbox } from "./shell/inbox.ts";

/** Milliseconds in which what is typed has come back from a terminal, or a shell has answered. */
const WAIT = 10_000;

/** True for a terminal: what is written comes back, or the shell says so. */
export async function isTerminal(channel: Channel, inbox: Inbox, key: string, signal?: AbortSignal): Promise<boolean> {
  if (channel.terminal) return true;
  await channel.write(Buffer.from(`[ -t 0 ]; echo "@@""teem:${key}:tty:$?"\n`));
  return within(
    WAIT,
    async (stop) => {
      for (;;) {
        const text = Buffer.from(inbox.peek()).toString("latin1");
        const answer = /@@teem:\w+:tty:(\d)/.exec(text)?.[1];
        if (answer !== undefined || text.includes(`@@""teem:`)) return answer !== "1" || text.includes(`@@""teem:`);
        if (inbox.over || stop.aborted) return false;
        await inbox.more(stop);
      }
    },
    signal,
  );
}
