// A field for a moment, in seconds.
import { useEffect, useState } from "preact/hooks";

interface Given {
  readonly label: string;
  /** Microseconds. */
  readonly time: number;
  readonly choose: (time: number) => void;
}

export function TimeField({ label, time, choose }: Given) {
  const [text, setText] = useState(shown(time));
  useEffect(() => setText(shown(time)), [time]);
  const take = (): void => {
    const seconds = Number(text.trim());
    if (text.trim() !== "" && seconds >= 0 && seconds < 1e9) choose(Math.round(seconds * 1e6));
    else setText(shown(time));
  };
  return (
    <label class="time-field">
      <input
        type="text"
        inputMode="decimal"
        aria-label={`${label}, in seconds`}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === "Enter") take();
        }}
      />
      <span class="quiet">s</span>
    </label>
  );
}

/** As many digits as the moment needs, three at least, so that it comes back to the microsecond. */
function shown(time: number): string {
  return (time / 1e6).toFixed(time % 1000 === 0 ? 3 : 6);
}
