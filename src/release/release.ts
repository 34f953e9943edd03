// What differs between releases of OP-TEE: the shape of a row. Each release that brought a difference has a row in a file of its own.
import type { AllocatorRules } from "./allocator_rules.ts";

/** Bytes of one allocator record on the wire: 56 until 4.5, 64 since 4.6. */
export type RecordSize = 56 | 64;

/** Build options that give pools a name. */
export interface PoolOptions {
  /** CFG_NS_VIRTUALIZATION: the fourth pool is the nexus heap. Default false. */
  readonly nsVirtualization?: boolean;
  /** RPMB storage gives statistics (seen since 4.6). Default false. */
  readonly rpmb?: boolean;
}

/** What a pool is for, in all releases: the core's heap, shared memory, memory of TAs, the nexus heap, storage. */
export type PoolRole = "heap" | "public" | "ta-memory" | "nexus" | "rpmb";

/** A pool of the statistics. */
export interface PoolRow {
  readonly role: PoolRole;
  /** Empty for one that this release or build does not have: it shows zeros. */
  readonly name: string;
  /** The build option that sets its size; empty if there is none. */
  readonly knob: string;
  /** What a build option makes of it. */
  readonly when?: { readonly option: keyof PoolOptions; readonly name: string; readonly knob: string };
}

/** Options of `xtest --stats`, of any release. */
export type StatsFlag = "--pager" | "--alloc" | "--memleak" | "--ta" | "--time" | "--clocks" | "--regulators";

/** Where a trace line stands in upstream's code. */
export interface TracePoint {
  readonly func: string;
  readonly line: number;
}

/** What the secure console prints around sessions and statistics. */
export interface ConsoleText {
  readonly lookup: TracePoint;
  readonly open: TracePoint;
  readonly opened: TracePoint;
  readonly reopen: TracePoint;
  /** How an open pseudo TA is called when a further session is opened. */
  readonly reopenText: string;
  readonly close: TracePoint;
  /** The address of the session is printed. */
  readonly closeAddress: boolean;
  readonly destroy: TracePoint;
  readonly invokeError: TracePoint;
  readonly publicDdr: TracePoint;
  readonly wrongPool: TracePoint;
  /** Pools without data are named on the console. */
  readonly wrongPoolShown: boolean;
  readonly taStats: TracePoint;
  /** Where a request that failed is named (CFG_CORE_DUMP_OOM). */
  readonly outOfMemory: TracePoint;
  /** File name of the statistics pseudo TA. */
  readonly statsName: string;
}

/** One row: all releases from `since` up to the next row. */
export interface Release {
  /** The first release that is so, as `MAJOR.MINOR`. */
  readonly since: string;
  /** Pools of a reply to ALLOC_STATS in the order of their ids; the first has id 1. */
  readonly pools: readonly PoolRow[];
  readonly recordSize: RecordSize;
  readonly allocator: AllocatorRules;
  /** A TA_CreateEntryPoint that failed is called again at the next open; before, the library takes the TA for created. */
  readonly retriesCreate: boolean;
  /** RSA-OAEP takes another digest for its mask than for its label. Seen in 4.10.0, not in 4.0.0. */
  readonly oaepMaskDigest: boolean;
  /** Clocks and regulators can be asked for. */
  readonly driverInfo: boolean;
  readonly xtest: {
    /** What `xtest --stats` does with each option: knows it and lists it in its usage, only knows it, or refuses it. */
    readonly options: Readonly<Record<StatsFlag, "listed" | "unlisted" | "unknown">>;
    /** `xtest -h` lists the applet --asym-perf. */
    readonly asymPerf: boolean;
    /** `--alloc` prints the fragmentation of a pool. */
    readonly fragmentation: boolean;
  };
  readonly console: ConsoleText;
}
