// The SARIF logs of memcheck.
import { sarifForm, sarifTool } from "../outputs/sarif_form.ts";

/** The tool that such a log names. */
export const MEMCHECK = sarifTool("memcheck");

/** What such a log looks like. */
export const SARIF = sarifForm("memcheck");
