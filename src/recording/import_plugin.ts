// Makes a recording in memory of what the plugin of QEMU wrote.
import { err, ok, type Result } from "../base/result.ts";
import { imported } from "./imported.ts";
import { createPluginReader, type PluginEvents } from "./plugin_events.ts";
import type { Recording } from "./recording.ts";

/** The recording of the bytes. The error names the first line that is none of the plugin's. */
export function importPlugin(bytes: Uint8Array, origin: string): Result<Recording> {
  let read = err("") as Result<PluginEvents>;
  const recording = imported({ origin, version: "" }, (rows) => {
    const reader = createPluginReader(rows);
    reader.push(bytes);
    read = reader.end();
  });
  if (!read.ok) return read;
  return recording.ok && read.value.cut ? ok({ ...recording.value, cut: true }) : recording;
}
