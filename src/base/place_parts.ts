// The file and the line of a place.

const PLACE = /^(.+):(\d{1,9})$/s;

/** Of `file:line`; line 0 where there is none. */
export function placeParts(place: string): { readonly file: string; readonly line: number } {
  const [, file = place, line = "0"] = PLACE.exec(place) ?? [];
  return { file, line: Number(line) };
}
