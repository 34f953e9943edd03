// A field for a moment, in seconds; or for the number of a list or report where no times are known.
import { useEffect, useState } from "preact/hooks";
import { useOrder } from "../parts/time_words.ts";

interface Given {
  readonly label: string;
  /** Microseconds. */
  readonly time: number;
  readonly choose: (time: number) => void;
}

export function TimeField({ label, time, choose }: Given) {
  const order = useOrder();
  const [text, setText] = useState(shown(time, order));
  useEffect(() => setText(shown(time, order)), [time, order]);
  const take = (): void => {
    const seconds = Number(text.trim());
    if (text.trim() === "" || !(seconds >= 0 && seconds < 1e9)) setText(shown(time, order));
    else choose(order === "" ? Math.round(seconds * 1e6) : Math.max(0, Math.round(seconds) - 1));
  };
  return (
    <label class="time-field">
      <input
        type="text"
        inputMode="decimal"
        aria-label={order === "" ? `${label}, in seconds` : `${label}, number of the ${order}`}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === "Enter") take();
        }}
      />
      <span class="quiet">{order === "" ? "s" : order}</span>
    </label>
  );
}

/** As many digits as the moment needs, three at least, so that it comes back to the microsecond. */
function shown(time: number, order: string): string {
  if (order !== "") return String(time + 1);
  return (time / 1e6).toFixed(time % 1000 === 0 ? 3 : 6);
}
