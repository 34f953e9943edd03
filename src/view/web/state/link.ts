// The chosen view as the fragment of a link, and back: #view=timeline&file=run.arrows&heap=0&range=1200-3400.
import type { Choice, Range } from "./choice.ts";
import { NOTHING_CHOSEN, VIEWS } from "./choice.ts";

/** The fragment of a choice, without `#`. What is not chosen is left out. */
export function linkOf(choice: Choice): string {
  const words: [string, string][] = [
    ["view", choice.view],
    ["source", choice.source],
    ["file", choice.file],
    ["heap", choice.heap],
    ["range", rangeText(choice.range)],
    ["moment", choice.moment === null ? "" : String(choice.moment)],
    ["second", rangeText(choice.second)],
    ["moments", choice.moments.join("_")],
  ];
  return words
    .filter(([name, text]) => text !== "" && !(name === "view" && text === NOTHING_CHOSEN.view))
    .map(([name, text]) => `${name}=${encodeURIComponent(text)}`)
    .join("&");
}

/** The choice that a fragment means. What it does not tell, or tells wrongly, is not chosen. */
export function choiceIn(fragment: string): Choice {
  const words = new URLSearchParams(fragment.replace(/^#/, ""));
  const view = VIEWS.find((one) => one === words.get("view")) ?? NOTHING_CHOSEN.view;
  return {
    view,
    source: words.get("source") ?? "",
    file: words.get("file") ?? "",
    heap: words.get("heap") ?? "",
    range: rangeIn(words.get("range")),
    moment: timeIn(words.get("moment")),
    second: rangeIn(words.get("second")),
    moments: (words.get("moments") ?? "")
      .split("_")
      .flatMap((text) => timeIn(text) ?? [])
      .slice(0, 3),
  };
}

function rangeText(range: Range | null): string {
  return range === null ? "" : `${range.from}-${range.to}`;
}

function rangeIn(text: string | null): Range | null {
  const [from, to, more] = (text ?? "").split("-").map(timeIn);
  if (from == null || to == null || more !== undefined || to < from) return null;
  return { from, to };
}

/** Microseconds, whole and not negative. */
function timeIn(text: string | null): number | null {
  if (text === null || !/^\d{1,15}$/.test(text)) return null;
  return Number(text);
}
