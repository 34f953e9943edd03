// The range and moment that are chosen, and the way back to the whole time.
import { lengthText, timeText } from "../parts/figures.ts";
import { useApp } from "../state/app.ts";

export function ChosenTime() {
  const { chosen } = useApp();
  const { range, moment } = chosen.now.value;
  if (range === null && moment === null) return null;
  return (
    <span class="chosen-time">
      {range !== null && (
        <span>
          {timeText(range.from)} – {timeText(range.to)} <span class="quiet">({lengthText(range.to - range.from)})</span>
        </span>
      )}
      {moment !== null && <span>at {timeText(moment)}</span>}
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
