// Lines of a secure console: those up to the chosen moment in full ink, later ones pale. What a board says is only ever text.
import { VirtualRows } from "../parts/virtual_rows.tsx";
import { useApp } from "../state/app.ts";
import type { LineFacts } from "../worker/questions.ts";

interface Given {
  /** Ascending by time. */
  readonly lines: readonly LineFacts[];
  readonly timeOf: (time: number) => string;
  /** The last line is kept in sight while no moment is chosen. */
  readonly follow: boolean;
}

export function LineList({ lines, timeOf, follow }: Given) {
  const { chosen } = useApp();
  const { moment } = chosen.now.value;
  const here = moment === null ? -1 : lastBefore(lines, moment);
  const show = moment !== null ? here : follow ? lines.length - 1 : null;
  return (
    <VirtualRows
      class="console-lines"
      label="Lines of the secure console"
      count={lines.length}
      height={18}
      show={show}
      row={(n) => {
        const line = lines[n];
        if (line === undefined) return null;
        const state = n === here ? "is-here" : moment !== null && n > here ? "is-later" : "";
        return (
          <button
            type="button"
            class={`console-line ${state}`}
            title={line.text}
            onClick={() => chosen.choose({ moment: line.time })}
          >
            <span class="console-time">{timeOf(line.time)}</span>
            <span class={line.bad ? "bad" : ""}>{line.text}</span>
          </button>
        );
      }}
    />
  );
}

function lastBefore(lines: readonly LineFacts[], time: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.time ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
