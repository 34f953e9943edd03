// The range and moment that are chosen, and the way back to the whole time.
import { lengthText } from "../parts/figures.ts";
import { useOrder, useTimeWords } from "../parts/time_words.ts";
import { useApp } from "../state/app.ts";

export function ChosenTime() {
  const { chosen } = useApp();
  const timeOf = useTimeWords();
  const order = useOrder();
  const { range, moment } = chosen.now.value;
  if (range === null && moment === null) return null;
  return (
    <span class="chosen-time">
      {range !== null && (
        <span>
          {timeOf(range.from)} – {timeOf(range.to)}{" "}
          {order === "" && <span class="quiet">({lengthText(range.to - range.from)})</span>}
        </span>
      )}
      {moment !== null && <span>at {timeOf(moment)}</span>}
      <button
        type="button"
        aria-label="Choose the whole time"
        title="Whole time (Esc)"
        onClick={() => chosen.choose({ range: null, moment: null })}
      >
        ×
      </button>
    </span>
  );
}
