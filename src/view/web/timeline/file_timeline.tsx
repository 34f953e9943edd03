// The timeline of a recording: the chosen heap large and first, the others below it.
import { useEffect, useMemo, useState } from "preact/hooks";
import { FileConsole } from "../console/file_console.tsx";
import { FindingList } from "../findings/finding_list.tsx";
import { Notice } from "../parts/notice.tsx";
import { useApp } from "../state/app.ts";
import type { Range } from "../state/choice.ts";
import type { FileFacts } from "../worker/questions.ts";
import { FileTrack } from "./file_track.tsx";
import { Frame } from "./frame.tsx";
import { createScene, grow, wholeOf } from "./scene.ts";
import { SliceStrip } from "./slice_strip.tsx";
import { sliceRows } from "./slices.ts";

const NO_TESTS: readonly Range[] = [];

interface Given {
  readonly file: string;
  readonly name: string;
  readonly facts: FileFacts;
}

export function FileTimeline({ file, name, facts }: Given) {
  const { chosen } = useApp();
  const key = chosen.now.value.heap;
  const whole = wholeOf(facts);
  // The same scene while the recording grows, so that what is in sight stays.
  const [scene] = useState(() => createScene(whole, null, facts.order));
  useEffect(() => grow(scene, whole), [scene, whole.from, whole.to]);
  const first = facts.heaps.find((heap) => String(heap.key) === key);
  const heaps = first === undefined ? facts.heaps : [first, ...facts.heaps.filter((heap) => heap !== first)];
  const rows = useMemo(() => sliceRows(facts, first?.key ?? null), [facts, first]);
  const tests = rows.find(({ name }) => name === "tests" || name === "lists")?.slices ?? NO_TESTS;
  const peak = (first ?? facts.heaps[0])?.peak ?? null;
  if (heaps.length === 0) return <Notice title="Nothing of a heap was recorded in this file." />;
  return (
    <Frame
      scene={scene}
      name={name}
      peak={peak?.time ?? null}
      tests={tests}
      aside={
        <div class="beside">
          <FindingList facts={facts} />
          <FileConsole file={file} facts={facts} scene={scene} />
        </div>
      }
    >
      {rows.length > 0 && <SliceStrip rows={rows} scene={scene} />}
      {heaps.map((heap, n) => (
        <FileTrack
          key={heap.key}
          file={file}
          facts={facts}
          heap={heap}
          scene={scene}
          axis={n === 0}
          large={n === 0}
          choose={() => chosen.choose({ heap: String(heap.key) })}
        />
      ))}
    </Frame>
  );
}
