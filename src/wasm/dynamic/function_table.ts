// The table of a TA's functions. A place in it is a function pointer in C.

/** Adds places; the first of them. */
export function addPlaces(table: WebAssembly.Table, count: number): number {
  return Number(table.grow(placeOf(table, count)));
}

/** The place of a function; a new one if it has none. */
export function functionPlace(table: WebAssembly.Table, wanted: WebAssembly.ExportValue): number {
  const length = Number(table.length);
  for (let at = 1; at < length; at++) if (table.get(placeOf(table, at)) === wanted) return at;
  const added = addPlaces(table, 1);
  table.set(placeOf(table, added), wanted);
  return added;
}

/** A place as the table takes it: one with 64-bit places wants bigints. */
function placeOf(table: WebAssembly.Table, at: number): number {
  return (typeof table.length === "bigint" ? BigInt(at) : at) as number;
}
