// The file and the line of a place.

/** Of `file:line`; line 0 where there is none. */
export function placeParts(place: string): { readonly file: string; readonly line: number } {
  const colon = place.lastIndexOf(":");
  const line = Number(place.slice(colon + 1));
  return colon > 0 && Number.isInteger(line) ? { file: place.slice(0, colon), line } : { file: place, line: 0 };
}
