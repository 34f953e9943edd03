// The secure console of a recording beside its timeline: what was said in the stretch that is in sight.
import { grouped } from "../../../base/format.ts";
import { timeText } from "../parts/figures.ts";
import { useAnswer } from "../parts/use_answer.ts";
import { useSettled } from "../parts/use_settled.ts";
import { useApp } from "../state/app.ts";
import type { Range } from "../state/choice.ts";
import type { FileFacts, LineFacts } from "../worker/questions.ts";
import { LineList } from "./line_list.tsx";

/** Lines that are shown at once. */
const MOST = 5000;

const NO_LINES: readonly LineFacts[] = [];

interface Given {
  readonly file: string;
  readonly facts: FileFacts;
  readonly scene: { readonly span: { readonly value: Range } };
}

export function FileConsole({ file, facts, scene }: Given) {
  const { chosen } = useApp();
  const { moment } = chosen.now.value;
  const span = useSettled(scene.span.value);
  const whole = { from: facts.from, to: facts.to };
  const head = useAnswer("console", { file, ...(contains(span, whole) ? whole : rounded(span)), most: MOST });
  // Where the moment lies behind the lines that fit, they begin a little before it.
  const last = head.value?.lines.at(-1)?.time ?? 0;
  const behind = moment !== null && head.value?.more === true && moment > last;
  const near = useAnswer(
    "console",
    behind ? { file, from: Math.max(last, moment - (span.to - span.from) / 20), to: facts.to, most: MOST } : null,
  );
  const { value, error } = behind && near.value !== undefined ? near : head;
  const lines = value?.lines ?? NO_LINES;
  const empty = value !== undefined && lines.length === 0;
  // Without a console there is more room for the charts.
  if (value === undefined || (empty && contains(span, whole))) return null;
  return (
    <aside class="console" aria-label="Secure console">
      <h2>
        Secure console <span class="quiet">{grouped(lines.length)} lines</span>
      </h2>
      {error !== "" && <p class="bad">{error}</p>}
      {empty && <p class="quiet">It said nothing here.</p>}
      {lines.length > 0 && <LineList lines={lines} timeOf={timeText} follow={false} />}
      {value.more && <p class="quiet">There are more lines; zoom in to see them.</p>}
    </aside>
  );
}

function contains(outer: Range, inner: Range): boolean {
  return outer.from <= inner.from && outer.to >= inner.to;
}

function rounded({ from, to }: Range): Range {
  return { from: Math.floor(from), to: Math.ceil(to) };
}
