// Rows of the release table, for tests.
import type { Release } from "../../src/release/release.ts";
import { releaseOf } from "../../src/release/releases.ts";

/** The row of a version; throws for what is none. */
export function rowOf(version: string): Release {
  const row = releaseOf(version);
  if (!row.ok) throw new Error(row.error);
  return row.value;
}
