// The secure console of the system in this process, for those who listen to consoles.
import type { ConsoleSink } from "../../tee/kernel/console.ts";
import type { ConsoleFeed, HearConsole } from "../console_feed.ts";

/** A console that is fed with the lines that a core prints. */
export function ownConsole(): { readonly feed: ConsoleFeed; readonly sink: ConsoleSink } {
  const hearers = new Set<HearConsole>();
  const encoder = new TextEncoder();
  return {
    feed: {
      name: "sim",
      ended: "",
      listen(hear) {
        hearers.add(hear);
        return () => void hearers.delete(hear);
      },
    },
    sink(line) {
      if (hearers.size === 0) return;
      const bytes = encoder.encode(`${line}\n`);
      for (const hear of hearers) hear(bytes);
    },
  };
}
