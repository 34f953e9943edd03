// What no stream of a recording is, whoever reads it.

export const EMPTY_STREAM = "the recording is empty: it ends before its first message";

/** A row of a recording takes 3.5 bytes of its file; only what was made to unpack to very much takes far less. */
const ROWS_PER_BYTE = 4;
const FEW_ROWS = 2 ** 20;

/** What is wrong where so many bytes have so many rows, or null. */
export function rowsProblem(rows: number, bytes: number): string | null {
  return rows > FEW_ROWS + ROWS_PER_BYTE * bytes ? `its ${bytes} bytes cannot hold ${rows} rows` : null;
}
