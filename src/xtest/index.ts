// Public entry `teemem/xtest`: the text of `xtest --stats`, both directions.
export { faultMessage, type TextFault } from "./fault.ts";
export { printHelp } from "./help.ts";
export { type Leak, type LeakLine, type LeakLog, leakLists, parseLeaks, printLeak } from "./leaks.ts";
export { parseHelp, parseUsage } from "./match.ts";
export { OUTCOMES, type Output, type OutputKind, output } from "./output.ts";
export { layoutOfReport, parseAlloc, parseFailure, parsePager, parseTa, parseTime } from "./parse.ts";
export { type CallFailure, printAlloc, printFailure, printPager, printTa, printTime } from "./print.ts";
export { type Found, type Report, type ReportValues, scan } from "./scan.ts";
export type { PrintedRecord, PrintedTa } from "./stat_lines.ts";
export { printUsage } from "./usage.ts";
