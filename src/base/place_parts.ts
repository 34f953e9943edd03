// The file and the line of a place, and the parts of its path.

const PLACE = /^(.+):(\d{1,9})$/s;

/** Of `file:line`; line 0 where there is none. */
export function placeParts(place: string): { readonly file: string; readonly line: number } {
  const [, file = place, line = "0"] = PLACE.exec(place) ?? [];
  return { file, line: Number(line) };
}

/** True where the end of one path is the other, whole parts of it: what it begins with depends on where it was built. */
export function sameEnd(one: string, other: string): boolean {
  const [long, short] = one.length < other.length ? [other, one] : [one, other];
  return short !== "" && `/${long}`.endsWith(`/${short}`);
}

/** The last part of a path. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
