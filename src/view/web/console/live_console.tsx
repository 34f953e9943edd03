// The secure console of a live system: its last lines.
import { useMemo } from "preact/hooks";
import type { ConsoleLineState } from "../../../live/state/state.ts";
import { LineList } from "./line_list.tsx";

interface Given {
  readonly lines: readonly ConsoleLineState[];
  /** Wall time at 0, in milliseconds since 1970. */
  readonly epoch: number;
}

export function LiveConsole({ lines, epoch }: Given) {
  const shown = useMemo(
    () => lines.map(({ time, text, trouble }) => ({ time: time * 1000, text, bad: trouble })),
    [lines],
  );
  return (
    <aside class="console" aria-label="Secure console">
      <h2>
        Secure console <span class="quiet">the last lines</span>
      </h2>
      {shown.length === 0 ? (
        <p class="quiet">It said nothing yet, or nobody reads it: see --secure.</p>
      ) : (
        <LineList
          lines={shown}
          follow
          timeOf={(time) => new Date(epoch + time / 1000).toLocaleTimeString("en-GB", { hour12: false })}
        />
      )}
    </aside>
  );
}
