// `file:PATH`: what was recorded.
import { err, ok, type Result } from "../../base/result.ts";
import { recordingSource } from "../../source/file/recording_source.ts";
import type { Source } from "../../source/source.ts";
import { shortName } from "../inputs/demo_files.ts";
import { readRecordings } from "../inputs/read_recording.ts";
import type { SourceSetting } from "./setting.ts";

/** The recording in a file; `-` is standard input. */
export async function openRecording(path: string, { io }: Pick<SourceSetting, "io">): Promise<Result<Source>> {
  if (path === "") return err("--on needs the path of a recording, like file:run.arrows");
  return openFiles([path], io);
}

/** The recording that several files make together. */
export async function openFiles(paths: readonly string[], io: SourceSetting["io"]): Promise<Result<Source>> {
  const recording = await readRecordings(paths, io);
  return recording.ok ? ok(recordingSource(`file:${paths.map(shortName).join(" ")}`, recording.value)) : recording;
}
