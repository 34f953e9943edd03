// A terminal's line: what is typed into it, and what it shows.
import type { Channel } from "../channel/channel.ts";
import { deadline } from "../shell/deadline.ts";
import type { Inbox } from "../shell/inbox.ts";

/** What a program asks a terminal for: where its cursor is. */
const WHERE = "\u001b[6n";
const HERE = "\u001b[1;1R";

export interface TerminalLine {
  type(text: string): Promise<void>;
  /**
   * Takes what is shown until nothing has come for `quiet` ms, or `longest` is over. The first byte may take as long. Lines of
   * the kernel do not count, and are left out.
   */
  settle(quiet: number, longest: number, signal?: AbortSignal): Promise<string>;
  readonly over: boolean;
}

export function terminalLine(channel: Channel, inbox: Inbox): TerminalLine {
  async function type(text: string): Promise<void> {
    await channel.write(Buffer.from(text));
  }
  return {
    type,
    get over() {
      return inbox.over;
    },
    async settle(quiet, longest, signal) {
      let text = "";
      const whole = deadline(longest, signal);
      let calm = deadline(longest, whole.signal);
      while (!inbox.over && !calm.signal.aborted) {
        await inbox.more(calm.signal);
        const more = Buffer.from(inbox.take(inbox.peek().length)).toString("latin1");
        if (more.includes(WHERE)) await type(HERE);
        const before = withoutKernel(text);
        text += more;
        if (withoutKernel(text) === before) continue;
        calm.clear();
        calm = deadline(quiet, whole.signal);
      }
      calm.clear();
      whole.clear();
      return withoutKernel(text);
    },
  };
}

/** A text without what the kernel wrote between, which has its time before it. */
function withoutKernel(text: string): string {
  return text.replace(/\[ *\d+\.\d{6}\][^\n]*\n?/g, "");
}
