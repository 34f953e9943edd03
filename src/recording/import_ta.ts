// Imports the heap events of TAs that teemem's object in them took: replies to clients, or lines on the console.
import { err, ok, type Result } from "../base/result.ts";
import type { ConsolePiece } from "./console_rows.ts";
import { imported } from "./imported.ts";
import type { Recording } from "./recording.ts";
import { readTaReplies, type TaReply } from "./ta_reply.ts";
import { createTaHistory, type TaHistory } from "./ta_rows.ts";

/** The recording of a file of replies, one behind the other. Several clients may have got them, of several TAs. */
export async function importTaFile(bytes: Uint8Array, origin: string): Promise<Result<Recording>> {
  const read = readTaReplies(bytes);
  if (!read.ok) return read;
  const { replies, cut } = read.value;
  const recording = importTaReplies(replies, origin);
  return recording.ok && cut ? ok({ ...recording.value, cut }) : recording;
}

/** The recording of replies in the order in which they came: a heap for each TA, an instance for each time it was loaded. */
export function importTaReplies(replies: readonly TaReply[], origin: string): Result<Recording> {
  if (replies.length === 0) return err("it has no heap events");
  const pieces: ConsolePiece[] = [];
  let lost = 0;
  const recording = imported({ origin, version: "" }, (rows) => {
    const instances = new Map<string, TaHistory>();
    const counts = new Map<string, number>();
    pieces.length = 0;
    for (const reply of replies) {
      const { uuid, base, born } = reply;
      const key = `${uuid} ${base} ${born}`;
      let instance = instances.get(key);
      if (instance === undefined) {
        const number = (counts.get(uuid) ?? 0) + 1;
        counts.set(uuid, number);
        instance = createTaHistory(reply, number);
        instances.set(key, instance);
      }
      for (const row of instance.rowsOf(reply)) {
        if ("op" in row) rows.add(row);
        else pieces.push(row);
      }
    }
    lost = [...instances.values()].reduce((sum, instance) => sum + instance.lost, 0);
  });
  if (!recording.ok) return recording;
  const images = new Map(replies.map(({ uuid, textBytes }) => [uuid, textBytes]));
  return ok({
    ...recording.value,
    images: [...images].map(([uuid, textBytes]) => ({ uuid, textBytes })),
    ...(lost > 0 ? { lost } : {}),
    ...(pieces.length > 0 ? { console: { name: "red zones", pieces } } : {}),
  });
}
