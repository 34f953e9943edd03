// The SARIF logs of memcheck, which overwrite older ones of their own alone.
import { SARIF_SCHEMA } from "../../export/sarif_log.ts";
import type { ReportForm } from "../outputs/own_report.ts";

/** The tool that such a log names. */
export const MEMCHECK = "teemem memcheck";

/** What such a log looks like. */
export const SARIF: ReportForm = {
  name: "a SARIF log of teemem",
  isOwn: (head) => head === "" || (head.startsWith(`{"$schema":"${SARIF_SCHEMA}"`) && head.includes(`"${MEMCHECK}"`)),
};
