import { err, ok, type Result } from "../base/result.ts";
import type { RecordSize } from "./fields.ts";

/** The shape of the replies, named after the first release that has it: 4.0, 4.1 to 4.5, 4.6 and later. */
export type Layout = "4.0" | "4.1" | "4.6";

export interface LayoutRow {
  readonly layout: Layout;
  /** Pools in a reply to ALLOC_STATS with pool id 0. */
  readonly pools: number;
  /** Bytes of one allocator record. */
  readonly recordSize: RecordSize;
  /** Bytes of one TA record: uuid (16), panicked (4), sessions (4), allocator record. */
  readonly taSize: number;
}

/** One row for each layout, oldest first. */
export const LAYOUTS: Readonly<Record<Layout, LayoutRow>> = {
  "4.0": { layout: "4.0", pools: 4, recordSize: 56, taSize: 80 },
  "4.1": { layout: "4.1", pools: 5, recordSize: 56, taSize: 80 },
  "4.6": { layout: "4.6", pools: 5, recordSize: 64, taSize: 88 },
};

/** A release of OP-TEE. */
export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** Reads "4.5.0", "4.10", "v4.6.0-rc1", "4.5.0-2": the first two numbers count. */
export function parseVersion(text: string): Result<Version> {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?![\d])/.exec(text.trim());
  if (match === null) return err(`"${text}" is not an OP-TEE version; it looks like 4.5.0`);
  return ok({ major: Number(match[1]), minor: Number(match[2]) });
}

/** Layout of a release, from its version string. Releases before 4.0 are an error. */
export function layoutOf(version: string): Result<Layout> {
  const parsed = parseVersion(version);
  if (!parsed.ok) return parsed;
  const { major, minor } = parsed.value;
  if (major < 4) return err(`OP-TEE ${version} is older than 4.0, the first release whose statistics are known here`);
  if (major > 4 || minor >= 6) return ok("4.6");
  return ok(minor >= 1 ? "4.1" : "4.0");
}
