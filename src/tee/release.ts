// What differs between OP-TEE releases, seen in the secure logs of 4.0.0, 4.5.0 and 4.10.0.
import { type Layout, layoutOf, parseVersion } from "../abi/layout.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { TracePoint } from "./console.ts";

/** A release: the layout of its records and the texts of its console. */
export interface Release {
  readonly version: string;
  readonly layout: Layout;
  /** Driver information (clocks, regulators) can be asked for. */
  readonly driverInfo: boolean;
  readonly text: ConsoleText;
}

interface ConsoleText {
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
  /** File name of the stats pseudo TA. */
  readonly statsName: string;
}

function points(
  init: readonly [number, number, number],
  reopen: number,
  close: readonly [number, number],
  invoke: number,
  pools: readonly [number, number],
  taStats: number,
): Omit<ConsoleText, "reopenText" | "closeAddress" | "wrongPoolShown" | "statsName"> {
  return {
    lookup: { func: "tee_ta_init_pseudo_ta_session", line: init[0] },
    open: { func: "tee_ta_init_pseudo_ta_session", line: init[1] },
    opened: { func: "tee_ta_init_pseudo_ta_session", line: init[2] },
    reopen: { func: "tee_ta_init_session_with_context", line: reopen },
    close: { func: "tee_ta_close_session", line: close[0] },
    destroy: { func: "tee_ta_close_session", line: close[1] },
    invokeError: { func: "tee_ta_invoke_command", line: invoke },
    publicDdr: { func: "get_alloc_stats", line: pools[0] },
    wrongPool: { func: "get_alloc_stats", line: pools[1] },
    taStats: { func: "get_user_ta_stats", line: taStats },
  };
}

// The place of the last one (taStats) was seen in 4.0.0 only: the others were built without CFG_TA_STATS.
const TEXTS: Readonly<Record<Layout, ConsoleText>> = {
  "4.0": {
    ...points([297, 310, 327], 566, [468, 487], 796, [103, 121], 182),
    reopenText: "Re-open TA",
    closeAddress: true,
    wrongPoolShown: true,
    statsName: "stats.ta",
  },
  "4.1": {
    ...points([303, 315, 330], 561, [461, 480], 802, [69, 87], 182),
    reopenText: "Re-open trusted service",
    closeAddress: true,
    wrongPoolShown: true,
    statsName: "stats.pta",
  },
  "4.6": {
    ...points([303, 315, 330], 570, [513, 527], 831, [71, 89], 182),
    reopenText: "Re-open trusted service",
    closeAddress: false,
    wrongPoolShown: false,
    statsName: "stats.pta",
  },
};

/** The release of a version string such as "4.5.0"; an error for what is older than 4.0. */
export function releaseOf(version: string): Result<Release> {
  const layout = layoutOf(version);
  if (!layout.ok) return layout;
  const parsed = parseVersion(version);
  if (!parsed.ok) return err(parsed.error);
  const { major, minor } = parsed.value;
  return ok({
    version,
    layout: layout.value,
    driverInfo: major > 4 || minor >= 1,
    text: TEXTS[layout.value],
  });
}
