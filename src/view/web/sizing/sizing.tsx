// How large the pool of a heap has to be: replays of its operations in pools of many sizes, in the page's worker.
import { useEffect, useRef, useState } from "preact/hooks";
import type { HeapSize } from "../../../analyze/size/heap_size.ts";
import { counted, grouped } from "../../../base/format.ts";
import { CANCELLED } from "../data/client.ts";
import { type ChosenHeap, heapTitle } from "../memory/chosen_heap.ts";
import { ofHeap } from "../memory/of_heap.tsx";
import { useApp } from "../state/app.ts";
import { foundSize, keepSize } from "./found.ts";
import { SizeResult } from "./size_result.tsx";

type Run =
  | { readonly state: "idle" }
  | { readonly state: "running" /** From 0 to 1. */; readonly part: number }
  | { readonly state: "done"; readonly size: HeapSize }
  | { readonly state: "failed"; readonly error: string };

export const Sizing = ofHeap(({ of }: { readonly of: ChosenHeap }) => {
  const { file, heap } = of;
  const { client } = useApp();
  const [run, setRun] = useState<Run>(() => {
    const size = foundSize(client, of);
    return size === undefined ? { state: "idle" } : { state: "done", size };
  });
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const start = (): void => {
    const controller = new AbortController();
    stop.current = controller;
    setRun({ state: "running", part: 0 });
    const progress = (part: number): void => setRun({ state: "running", part });
    void client.ask("sizing", { file, heap: heap.key }, { signal: controller.signal, progress }).then((answer) => {
      if (answer.ok) {
        keepSize(client, of, answer.value);
        setRun({ state: "done", size: answer.value });
      } else setRun(answer.error === CANCELLED ? { state: "idle" } : { state: "failed", error: answer.error });
    });
  };
  return (
    <div class="memory-view sizing">
      <div class="toolbar range-line">
        <b class="clip">{heapTitle(heap)}</b>
        {run.state === "running" ? (
          <>
            <button type="button" onClick={() => stop.current?.abort()}>
              Cancel
            </button>
            <progress value={run.part} max={1} aria-label="Replays" />
            <span class="quiet figure">{Math.floor(100 * run.part)} %</span>
          </>
        ) : (
          <button type="button" onClick={start}>
            {run.state === "done" ? "Again" : "Find the smallest pool"}
          </button>
        )}
      </div>
      {run.state === "failed" && (
        <p class="bad waiting-error" role="alert">
          {run.error}
        </p>
      )}
      {run.state === "done" ? (
        <SizeResult size={run.size} />
      ) : (
        <p class="sum-line quiet">
          {`Replays ${counted(heap.rows, "operation")} of this heap in OP-TEE's own allocator, some hundred times, in pools of many sizes, with first and with best fit. The recorded pool has ${grouped(heap.poolSize)} bytes. It is the same search as "teemem size".`}
        </p>
      )}
    </div>
  );
}, "pool to size");
