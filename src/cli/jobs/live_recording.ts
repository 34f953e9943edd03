// Keeps what a watched system tells as a recording that grows, so that the page can look back.
import { join } from "node:path";
import { printable, shown } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { ServedRecording } from "../../serve/files/served_file.ts";
import type { Source } from "../../source/source.ts";
import { makeFolders } from "../../toolchain/folders/make_folders.ts";
import { writeReason } from "../outputs/file_reason.ts";
import type { Io } from "../outputs/outcome.ts";
import type { Output } from "../outputs/output.ts";
import { createLiveRecorder, type LiveRecorder } from "./live_recorder.ts";
import { openRecordFile } from "./record_file.ts";
import { createRecordSession } from "./record_session.ts";
import { recordedSource } from "./recorded_source.ts";
import { servedIndex } from "./served_index.ts";

/** Recordings of watched systems. */
interface LiveRecordings {
  /** Those that there are, the latest last. */
  readonly list: readonly ServedRecording[];
  /** The same source, recorded on its way: its events, or the counters that it answers with. */
  record(source: Source): Promise<Result<Source>>;
}

/** Where they are kept: a path for a name. */
type PlaceOf = (name: string) => string;

/** Milliseconds between two samples of counters. */
const INTERVAL = 1000;

/** Recordings that end when they have `most` bytes. */
export function liveRecordings(place: PlaceOf, most: number, io: Pick<Io, "err" | "clock">): LiveRecordings {
  const list: ServedRecording[] = [];
  // Progress is for those who record alone.
  const quiet = Object.create(io.err, { isTerminal: { value: false } }) as Output;

  async function begin(source: Source): Promise<Result<LiveRecorder>> {
    const name = `${fileName(source.name)}-${list.length + 1}.arrows`;
    const path = place(name);
    const file = await openRecordFile(path, false);
    if (!file.ok) return file;
    const session = await createRecordSession(source, file.value, INTERVAL, { err: quiet, clock: io.clock });
    const recorder = createLiveRecorder(source, session, file.value, most, (why) =>
      io.err.write(shown`teemem: ${printable(why)}\n`),
    );
    const growing = (): boolean => recorder.open;
    list.push({ id: `live-${list.length + 1}`, name, path, growing, index: servedIndex(path, growing) });
    return ok(recorder);
  }
  return {
    list,
    async record(source) {
      // A recording lies in a file already.
      if (source.answers.has("recording")) return ok(source);
      const recorder = await begin(source);
      if (recorder.ok) return ok(recordedSource(source, recorder.value));
      io.err.write(shown`teemem: ${printable(source.name)} is not recorded: ${printable(recorder.error)}\n`);
      return ok(source);
    },
  };
}

/** A name of a source as part of a file name. */
function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, "_").slice(0, 80);
}

/** Recordings in a folder of the user, which is made; none takes the place of an older one. */
export function placeIn(folder: string, now: Date): Result<PlaceOf> {
  try {
    makeFolders(folder);
  } catch (error) {
    return err(`${printable(folder)}: ${writeReason(error)}`);
  }
  const stamp = now.toISOString().slice(0, 16).replace(":", "");
  return ok((name) => join(folder, `${stamp}-${name}`));
}
