// Takes the findings out that a user does not want to see.
import type { CallFrame } from "../../base/call_stack.ts";
import { placeParts, sameEnd } from "../../base/place_parts.ts";
import type { FindingGroup } from "./finding_group.ts";
import { findingStacks } from "./finding_words.ts";
import type { Suppression } from "./suppression.ts";

/** What is left to show, and which suppression took how many. */
export interface Judged {
  readonly shown: readonly FindingGroup[];
  readonly suppressed: readonly { readonly by: Suppression; readonly group: FindingGroup }[];
  /** Suppressions that took nothing. */
  readonly unused: readonly Suppression[];
}

/** The first suppression that fits takes a finding. */
export function suppress(groups: readonly FindingGroup[], suppressions: readonly Suppression[]): Judged {
  const shown: FindingGroup[] = [];
  const suppressed: { by: Suppression; group: FindingGroup }[] = [];
  for (const group of groups) {
    const by = suppressions.find((one) => fits(one, group));
    if (by === undefined) shown.push(group);
    else suppressed.push({ by, group });
  }
  const used = new Set(suppressed.map(({ by }) => by));
  return { shown, suppressed, unused: suppressions.filter((one) => !used.has(one)) };
}

function fits({ kind, ta, frames }: Suppression, { first }: FindingGroup): boolean {
  const { uuid, finding } = first;
  if (kind !== "*" && kind !== finding.kind) return false;
  if (!matches(ta, uuid) && !matches(ta, first.ta)) return false;
  return framesFit(frames, findingStacks(finding)[0]?.frames ?? []);
}

/** Frames behind the last pattern are not looked at. */
function framesFit(patterns: Suppression["frames"], frames: readonly CallFrame[]): boolean {
  // Where "..." stood last, and how many frames it stands for as yet: as a star in a text.
  let [pattern, frame, star, taken] = [0, 0, -1, 0];
  while (pattern < patterns.length) {
    const wanted = patterns[pattern] as Suppression["frames"][number];
    if (wanted === null) {
      [star, taken] = [pattern++, frame];
      continue;
    }
    const found = frames[frame];
    if (found === undefined) return false;
    if (matches(wanted.func, found.func) && placeFits(wanted.place, found.place)) {
      pattern++;
      frame++;
    } else if (star < 0) return false;
    else {
      pattern = star + 1;
      frame = ++taken;
    }
  }
  return true;
}

function placeFits(pattern: string, place: string): boolean {
  const { file } = placeParts(place);
  return (
    pattern === "" ||
    [place, file].some((name) => matches(pattern, name) || matches(`*/${pattern}`, name) || sameEnd(pattern, name))
  );
}

/** True where `*` can stand for characters so that the pattern is the text. */
function matches(pattern: string, text: string): boolean {
  let [p, t, star, taken] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === "*") [star, taken] = [p++, t];
    else if (pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star < 0) return false;
    else {
      p = star + 1;
      t = ++taken;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}
