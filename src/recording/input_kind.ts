// Tells the kind of a file by its first bytes: the one place that does.
import { traceKind } from "../replay/trace_kind.ts";
import { beginsWith } from "../text/latin1.ts";
import { MOMENT_MARK } from "./moment_line.ts";
import { isPluginEvents } from "./plugin_events.ts";
import { isTaReply } from "./ta_reply.ts";

/**
 * What a file is: what `teemem record` writes, Arrow's other form, a heap trace of two kinds, lines of exact moments, heap
 * events of a TA or of the QEMU plugin, or a text of anything else.
 */
export type InputKind = "arrow" | "arrow-file" | "ta-events" | "recorded" | "golden" | "moments" | "plugin" | "text";

const ARROW_FILE = "ARROW1";

/** Tells what a file is by its beginning; 64 KiB are enough. A text may be of no use: its reader tells. */
export function inputKind(head: Uint8Array): InputKind {
  if (head.length >= 4 && head.subarray(0, 4).every((byte) => byte === 255)) return "arrow";
  if (beginsWith(head, ARROW_FILE)) return "arrow-file";
  if (beginsWith(head, MOMENT_MARK)) return "moments";
  if (isTaReply(head)) return "ta-events";
  if (isPluginEvents(head)) return "plugin";
  return traceKind(head) ?? "text";
}
