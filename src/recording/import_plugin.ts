// Makes a recording in memory of what the plugin of QEMU wrote.
import { ok, type Result } from "../base/result.ts";
import { imported } from "./imported.ts";
import { createPluginReader } from "./plugin_events.ts";
import type { Recording } from "./recording.ts";

/** The recording of the bytes. The error names the first line that is none of the plugin's. */
export function importPlugin(bytes: Uint8Array, origin: string): Result<Recording> {
  const checker = createPluginReader({ add() {} });
  checker.push(bytes);
  const read = checker.end();
  if (!read.ok) return read;
  const recording = imported({ origin, version: "" }, (rows) => {
    createPluginReader(rows).push(bytes);
  });
  return recording.ok && read.value.cut ? ok({ ...recording.value, cut: true }) : recording;
}
