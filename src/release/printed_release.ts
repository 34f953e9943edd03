// Names the releases that print a report alike: the text of --alloc tells its layout, not its release.
import type { Release } from "./release.ts";
import { poolNames, RELEASES } from "./releases.ts";

/** All releases whose --alloc looks like that of a row: "4.0", "4.1 to 4.3", "4.4 or 4.5", "4.6 or later". */
export function printedRelease(release: Release): string {
  const alike = (row: Release): boolean => look(row) === look(release);
  const first = RELEASES.find(alike) ?? release;
  const next = RELEASES.at(RELEASES.findLastIndex(alike) + 1);
  const [major, from] = numbersOf(first);
  const [nextMajor, end] = next === undefined ? [] : numbersOf(next);
  if (end === undefined || nextMajor !== major) return `${first.since} or later`;
  const last = `${major}.${end - 1}`;
  if (end - from <= 1) return first.since;
  return `${first.since} ${end - from === 2 ? "or" : "to"} ${last}`;
}

function look(row: Release): string {
  return JSON.stringify([poolNames(row), row.xtest.fragmentation]);
}

function numbersOf({ since }: Release): readonly [major: number, minor: number] {
  const [major = 0, minor = 0] = since.split(".").map(Number);
  return [major, minor];
}
