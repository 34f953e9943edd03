// Names of the pools as OP-TEE 4.0.0, 4.5.0 and 4.10.0 core/pta/stats.c give them.
import { err, ok, type Result } from "../base/result.ts";
import { LAYOUTS, type LayoutRow, layoutOf, parseVersion } from "./layout.ts";

/** Build options that give pools a name. */
export interface PoolOptions {
  /** CFG_NS_VIRTUALIZATION: the fourth pool is the nexus heap. Default false. */
  readonly nsVirtualization?: boolean;
  /** RPMB storage gives statistics (seen since 4.6). Default false. */
  readonly rpmb?: boolean;
}

/** Name of the first pool of every release: the core's own heap. */
export const HEAP_NAME = "Heap";

/**
 * Names of all pools of a release in the order of their ids (1 first); empty for a pool it does not have, which shows
 * zeros. `version` as for `layoutOf`.
 */
export function poolNames(version: string, options: PoolOptions = {}): Result<readonly string[]> {
  const layout = layoutOf(version);
  if (!layout.ok) return layout;
  const parsed = parseVersion(version);
  if (!parsed.ok) return err(parsed.error);
  const row = LAYOUTS[layout.value];
  const physical = parsed.value.major > 4 || parsed.value.minor >= 4;
  const taRam = physical ? "Physical TA memory" : "Secure DDR";
  return ok(nameRow(row, taRam, options).slice(0, row.pools));
}

function nameRow(row: LayoutRow, taRam: string, { nsVirtualization = false, rpmb = false }: PoolOptions): string[] {
  if (row.layout !== "4.6") return [HEAP_NAME, "", taRam, nsVirtualization ? "KHeap" : "", ""];
  return [
    HEAP_NAME,
    "Public DDR (deprecated)",
    taRam,
    nsVirtualization ? "KHeap" : "KHeap (disabled)",
    rpmb ? "RPMB secure storage" : "RPMB secure storage (no data)",
  ];
}
