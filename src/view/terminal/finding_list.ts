// Draws what checkers noticed in TAs, as valgrind does: what, where, what it concerns, and where that was made.
import type { FindingGroup } from "../../analyze/findings/finding_group.ts";
import { findingStacks, findingTitle, isError, lineToMend, objectWords } from "../../analyze/findings/finding_words.ts";
import type { Judged } from "../../analyze/findings/suppress.ts";
import type { CallFrame } from "../../base/call_stack.ts";
import { counted } from "../../base/format.ts";
import { joined, own, type Printable, printable, shown } from "../../base/printable.ts";
import type { Paint } from "./paint.ts";

/** What a reader of findings knows beside them. */
interface FindingSurroundings {
  /** The text of a line `file:line` of the TA's source; undefined where it is not at hand. */
  lineOf(place: string): string | undefined;
  readonly paint: Paint;
}

/** Frames of a stack that are shown. */
const MOST_FRAMES = 12;

/** One block of lines for each finding. */
export function drawFindings(groups: readonly FindingGroup[], around: FindingSurroundings): Printable[][] {
  return groups.map((group) => drawOne(group, around));
}

function drawOne(group: FindingGroup, { lineOf, paint }: FindingSurroundings): Printable[] {
  const { finding, uuid, instance, session, entry } = group.first;
  const colour = isError(finding) ? paint.red : paint.yellow;
  const about = objectWords(finding);
  const often = group.times > 1 && finding.kind !== "leak" ? shown`, ${group.times} times` : "";
  const detail = finding.detail === "" || finding.kind === "undefined" ? [] : [shown`  ${printable(finding.detail)}`];
  const [where, ...others] = findingStacks(finding);
  const mend = lineToMend(finding);
  const text = mend === null ? undefined : lineOf(mend.place);
  const source = mend === null || text === undefined ? [] : [sourceLine(mend.place, text, paint)];
  const ta = [printable(group.first.ta || uuid), shown`instance ${instance}`];
  if (session !== 0) ta.push(shown`session ${session}`);
  if (entry !== "") ta.push(printable(entry));
  return [
    shown`${paint.bold(colour(printable(findingTitle(group))))}${often}  ${paint.dim(joined(ta, ", "))}`,
    ...(where === undefined ? [] : drawStack(where.heading, where.frames, source, paint)),
    ...(about === "" ? [] : [shown`  ${printable(about)}`]),
    ...detail,
    ...others.flatMap(({ heading, frames }) => drawStack(heading, frames, [], paint)),
  ];
}

function drawStack(
  heading: string,
  frames: readonly CallFrame[],
  source: readonly Printable[],
  paint: Paint,
): Printable[] {
  const [first, ...rest] = frames
    .slice(0, MOST_FRAMES)
    .map((frame, n) => shown`    ${n === 0 ? "at" : "by"} ${frameText(frame, paint)}`);
  const more = frames.length - MOST_FRAMES;
  return [
    ...(heading === "" ? [] : [shown`  ${printable(heading)}`]),
    ...(first === undefined ? [] : [first]),
    ...source,
    ...rest,
    ...(more > 0 ? [shown`    and ${counted(more, "more function")}`] : []),
  ];
}

function frameText({ func, place }: CallFrame, paint: Paint): Printable {
  if (func === "") return paint.place(place);
  return place === "" ? printable(func) : shown`${printable(func)} (${paint.place(place)})`;
}

/** The line to mend, with its number, as compilers quote one. */
function sourceLine(place: string, text: string, paint: Paint): Printable {
  const number = place.slice(place.lastIndexOf(":") + 1);
  return shown`${paint.bold(printable(number.padStart(8)))} ${paint.dim("|")} ${paint.cyan(printable(text.trim()))}`;
}

/** The last lines: how many there are, how many were not shown, which suppressions took nothing. */
export function drawFindingSum({ shown: groups, suppressed, unused }: Judged, paint: Paint): Printable[] {
  const total = groups.reduce((sum, { times }) => sum + times, 0);
  const places = groups.length === total ? "" : shown` (${counted(total, "occurrence")})`;
  const few = suppressed.length === 0 ? "" : shown`; ${counted(suppressed.length, "finding")} suppressed`;
  const head =
    groups.length === 0 ? own("memcheck: no findings") : shown`memcheck: ${counted(groups.length, "finding")}${places}`;
  const sum = shown`${head}${few}`;
  return [
    groups.length === 0 ? paint.green(sum) : paint.bold(sum),
    ...unused.map(({ line, why }) =>
      paint.dim(shown`  the suppression in line ${line}${why === "" ? "" : shown` (${printable(why)})`} was not used`),
    ),
  ];
}
