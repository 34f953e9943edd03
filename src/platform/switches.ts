// Build switches of OP-TEE 4.0.0 mk/config.mk that change what its memory looks like.
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";

/** The switches by their upstream names; sizes in bytes. */
export interface Switches {
  /** Counters are kept and the stats pseudo TA exists. */
  readonly CFG_WITH_STATS: boolean;
  /** The stats pseudo TA answers for TAs. */
  readonly CFG_TA_STATS: boolean;
  /** Leak headers in the core heap, and a console line for every failed request. */
  readonly CFG_TEE_CORE_MALLOC_DEBUG: boolean;
  /** Leak headers in the heaps of TAs. */
  readonly CFG_TEE_TA_MALLOC_DEBUG: boolean;
  /** Best fit in the core. */
  readonly CFG_CORE_BGET_BESTFIT: boolean;
  /** A second heap for the hypervisor part, the nexus heap. */
  readonly CFG_NS_VIRTUALIZATION: boolean;
  /** Core heap, to which the linker adds what is left of the last page; default the profile's. */
  readonly CFG_CORE_HEAP_SIZE: number;
  /** Nexus heap. */
  readonly CFG_CORE_NEX_HEAP_SIZE: number;
  /** Console lines up to: 0 none, 1 errors, 2 information (leak lists too), 3 debugging, 4 flow. */
  readonly CFG_TEE_CORE_LOG_LEVEL: number;
}

/** Upstream's defaults, but for the log level, which is 1 there: a debug build has 3. */
export const UPSTREAM_SWITCHES: Switches = {
  CFG_WITH_STATS: false,
  CFG_TA_STATS: false,
  CFG_TEE_CORE_MALLOC_DEBUG: false,
  CFG_TEE_TA_MALLOC_DEBUG: false,
  CFG_CORE_BGET_BESTFIT: false,
  CFG_NS_VIRTUALIZATION: false,
  CFG_CORE_HEAP_SIZE: 65536,
  CFG_CORE_NEX_HEAP_SIZE: 16384,
  CFG_TEE_CORE_LOG_LEVEL: 3,
};

/**
 * Reads `NAME=VALUE` assignments, separated by blanks or commas, over `base`: y or n, or a number (decimal or 0x). The
 * error names the assignment and what is possible.
 */
export function parseSwitches(text: string, base: Switches): Result<Switches> {
  const switches: Record<string, boolean | number> = { ...base };
  for (const assignment of text.split(/[\s,]+/).filter((part) => part !== "")) {
    const [name = "", value = ""] = assignment.split("=");
    if (!Object.hasOwn(base, name))
      return err(`unknown switch '${clip(name)}'; known: ${Object.keys(base).join(", ")}`);
    if (typeof switches[name] === "boolean") {
      if (value !== "y" && value !== "n") return err(`'${clip(assignment)}': ${name} takes y or n`);
      switches[name] = value === "y";
    } else {
      if (!/^(\d+|0x[0-9a-fA-F]+)$/.test(value)) return err(`'${clip(assignment)}': ${name} takes a number`);
      switches[name] = Number(value);
    }
  }
  return ok(switches as unknown as Switches);
}
