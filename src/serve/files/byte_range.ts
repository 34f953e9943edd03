// The header Range, as RFC 9110 has it.

/** Bytes of a file, both ends included; `null` where the whole file is meant; "outside" where it ends before they begin. */
type ByteRange = { readonly first: number; readonly last: number } | null | "outside";

/** Reads the header for a file of so many bytes. Several ranges, and what is none, count as no range: that is allowed. */
export function byteRange(header: string | undefined, size: number): ByteRange {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
  if (found === null) return null;
  const [, from = "", to = ""] = found;
  if (from === "" && to === "") return null;
  if (from === "") {
    const count = Math.min(Number(to), size);
    return count === 0 ? "outside" : { first: size - count, last: size - 1 };
  }
  const first = Number(from);
  const last = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== "" && Number(to) < first) return null;
  return first >= size ? "outside" : { first, last };
}
