// The SARIF logs of a command, which overwrite older ones of their own alone.
import { SARIF_SCHEMA } from "../../export/sarif_log.ts";
import type { ReportForm } from "./own_report.ts";

/** The tool that a log of a command names. */
export function sarifTool(command: string): string {
  return `teemem ${command}`;
}

/** Logs of a command. */
export function sarifForm(command: string): ReportForm {
  return {
    name: `a SARIF log of 'teemem ${command}'`,
    isOwn: (head) =>
      head === "" || (head.startsWith(`{"$schema":"${SARIF_SCHEMA}"`) && head.includes(`"${sarifTool(command)}"`)),
  };
}
