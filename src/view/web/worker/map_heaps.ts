// What is kept of a heap whose map is drawn: its shape, and the rows around the moment.
import type { HeapShape } from "../../../analyze/ranges/heap_map.ts";
import { shapeOfIndexed } from "../../../analyze/ranges/indexed_shape.ts";
import { createLiveCursor, type LiveCursor } from "../../../analyze/ranges/live_cursor.ts";
import type { IndexedRecording } from "../../../recording/indexed/indexed_recording.ts";

interface MapHeap {
  readonly shape: HeapShape;
  readonly cursor: LiveCursor;
}

/** Keeps the last heap that was asked for. */
interface MapHeaps {
  of(recording: IndexedRecording, heap: number): Promise<MapHeap>;
}

export function createMapHeaps(): MapHeaps {
  let last: { readonly recording: IndexedRecording; readonly heap: number; readonly kept: MapHeap } | undefined;
  return {
    async of(recording, heap) {
      if (last?.recording === recording && last.heap === heap) return last.kept;
      const kept = { shape: await shapeOfIndexed(recording, heap), cursor: createLiveCursor(recording, heap) };
      last = { recording, heap, kept };
      return kept;
    },
  };
}
