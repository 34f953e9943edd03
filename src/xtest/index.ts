/**
 * The text of `xtest --stats`: printer and parser, and what a console says.
 *
 * ```ts
 * import { parseAlloc, readConsoleLog } from "teemem/xtest";
 *
 * const printed = parseAlloc("Pool:                Heap\n");
 * console.log(printed.ok ? printed.value.length : printed.error);
 * console.log(readConsoleLog(new Uint8Array(0)).lists.length);
 * ```
 *
 * @module teemem/xtest
 */
// Files of this project import what they need from its own file.
export { type ConsoleFacts, readConsoleFacts } from "./console_facts.ts";
export {
  type ConsoleLog,
  type ConsoleOptions,
  type ConsoleReader,
  createConsoleReader,
  readConsoleLog,
} from "./console_log.ts";
export type { Fact, Facts, Unread } from "./facts/fact.ts";
export { createFactsReader, type FactsReader } from "./facts/reader.ts";
export type { FactKind } from "./facts/rows.ts";
export { faultMessage, type TextFault } from "./fault.ts";
export { printHelp } from "./help.ts";
export type { LeakList, SiteTally } from "./leak_lists.ts";
export type { SeriesCount } from "./leak_series.ts";
export { type Leak, type LeakLine, type LeakLog, leakLists, parseLeaks, printLeak } from "./leaks.ts";
export { parseHelp, parseUsage } from "./match.ts";
export { OUTCOMES, type OutputKind, output, type XtestOutput } from "./output.ts";
export { parseAlloc, parseFailure, parsePager, parseTa, parseTime, releaseOfReport } from "./parse.ts";
export { type CallFailure, printAlloc, printFailure, printPager, printTa, printTime } from "./print.ts";
export { type Found, type Report, type ReportValues, scan } from "./scan.ts";
export type { PrintedRecord, PrintedTa } from "./stat_lines.ts";
export { belowStack, findTaDumps, sizesOf, type TaDump } from "./ta_dump.ts";
export type { RegionKind, TaRegion } from "./ta_region.ts";
export { printUsage } from "./usage.ts";
