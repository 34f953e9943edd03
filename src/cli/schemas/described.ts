// The table of all data that commands print, with the schema of each: `npm run schemas` writes docs/schemas from it.
import type * as v from "valibot";
import { callGroup, heapAround, heapOfCalls, taCall } from "./calls.ts";
import { checkSchema } from "./check.ts";
import { counterGrowth, heapByCounters } from "./counters.ts";
import { devicePart, deviceSchema } from "./device.ts";
import { callStack, cause, doctorSchema, room, taDump } from "./doctor.ts";
import { exportSchema } from "./export.ts";
import { memcheckFinding, memcheckFindings } from "./findings.ts";
import { fuzzSchema } from "./fuzz.ts";
import { freeMemory, heapByOperations, heapOption, replayDifference } from "./heap_report.ts";
import { inspectSchema } from "./inspect.ts";
import { leaksSchema } from "./leaks.ts";
import { callFrame, counters, endedTa, holder, poolStatistics, siteChange, textSummary } from "./memory.ts";
import { platformSchema } from "./platform.ts";
import { recordSchema } from "./record.ts";
import { replaySchema } from "./replay.ts";
import { blocksHeld, reportSchema } from "./report.ts";
import { curvePoint, sizeSchema, smallestPool } from "./size.ts";
import { statsSchema } from "./stats.ts";
import { taSchema } from "./ta.ts";
import { topSchema } from "./top.ts";
import { heapSpan, taEntry, watchSchema } from "./watch.ts";

/** What a command prints. */
interface DescribedOutput {
  /** The command and its options. */
  readonly command: string;
  readonly schema: v.GenericSchema;
}

/** By the name of the file in docs/schemas. */
export const DESCRIBED: Readonly<Record<string, DescribedOutput>> = {
  stats: { command: "stats --json", schema: statsSchema },
  watch: { command: "watch --json", schema: watchSchema },
  report: { command: "report --json", schema: reportSchema },
  size: { command: "size --json", schema: sizeSchema },
  leaks: { command: "leaks --json", schema: leaksSchema },
  export: { command: "export --format json", schema: exportSchema },
  check: { command: "check --json", schema: checkSchema },
  inspect: { command: "inspect --json", schema: inspectSchema },
  doctor: { command: "doctor --json", schema: doctorSchema },
  findings: { command: "exec --format json", schema: memcheckFindings },
  fuzz: { command: "fuzz --json", schema: fuzzSchema },
  top: { command: "top --json", schema: topSchema },
  ta: { command: "ta --json", schema: taSchema },
  device: { command: "device --json", schema: deviceSchema },
  platform: { command: "platform --json", schema: platformSchema },
  record: { command: "record --json", schema: recordSchema },
  replay: { command: "replay --json", schema: replaySchema },
};

/** What schemas share, by its name in `$defs`. */
export const SHARED: Readonly<Record<string, v.GenericSchema>> = {
  blocksHeld,
  callFrame,
  callGroup,
  callStack,
  cause,
  heapByCounters,
  counters,
  counterGrowth,
  curvePoint,
  devicePart,
  endedTa,
  freeMemory,
  heapAround,
  heapOfCalls,
  heapOption,
  heapByOperations,
  heapSpan,
  holder,
  memcheckFinding,
  memcheckFindings,
  poolStatistics,
  replayDifference,
  room,
  siteChange,
  smallestPool,
  taCall,
  taDump,
  taEntry,
  textSummary,
};
