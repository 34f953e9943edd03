// The line of a system: its state, and why it is not live.
import { counted } from "../../../base/format.ts";
import { own, printable, shown } from "../../../base/printable.ts";
import type { SystemCondition, SystemState } from "../../../live/state/state.ts";
import { shortSpan, spanText } from "../../model/span_text.ts";
import { type Cell, cell } from "./line.ts";

const LOOKS = {
  opening: ["…", "yellow"],
  live: ["●", "green"],
  silent: ["○", "yellow"],
  lost: ["✕", "red"],
  ended: ["■", "dim"],
} as const satisfies Readonly<Record<SystemCondition, readonly [string, string]>>;

export function systemCells(
  { name, state, trouble, since, release, alarms, sampled }: SystemState,
  now: number,
): Cell[] {
  const [sign, look] = LOOKS[state];
  const loud = alarms.filter(({ silencedUntil }) => silencedUntil === null).length;
  const cells = [cell(shown`${own(sign)} `, look), cell(printable(name), "bold")];
  if (state !== "live") cells.push(cell(shown`  ${own(state)} ${spanText(now - since)}`, look));
  if (trouble !== "") cells.push(cell(shown`: ${printable(trouble)}`, look));
  if (loud > 0) cells.push(cell(shown`  ${counted(loud, "alarm")}`, "red"));
  if (release !== "") cells.push(cell(shown`  OP-TEE ${printable(release)}`, "dim"));
  if (state !== "live" && state !== "ended" && sampled !== null)
    cells.push(cell(shown`  figures ${shortSpan(now - sampled)} old`, "dim"));
  return cells;
}
