// A recording in the column, with its heaps where it is chosen and open.
import type { IndexedHeap } from "../../../recording/indexed/indexed_recording.ts";
import type { FileEntry } from "../data/files.ts";
import { Bar } from "../parts/bar.tsx";
import { bytesText, heapText, shortBytes } from "../parts/figures.ts";
import { useApp } from "../state/app.ts";

export function FileItem({ file: { id, name, size, opening } }: { readonly file: FileEntry }) {
  const { chosen } = useApp();
  const { file, heap } = chosen.now.value;
  const here = file === id;
  return (
    <li>
      <button type="button" class="item" aria-current={here && heap === ""} onClick={() => chosen.chooseFile(id)}>
        <span class="clip" title={name}>
          {name}
        </span>
        <span class="quiet figure">
          {opening.state === "opening" ? `${Math.floor(100 * opening.part)} %` : size === null ? "" : shortBytes(size)}
        </span>
      </button>
      {here && opening.state === "open" && (
        <ul class="heaps">
          {opening.facts.heaps.map((one) => (
            <HeapItem key={one.key} heap={one} here={heap === String(one.key)} />
          ))}
        </ul>
      )}
    </li>
  );
}

function HeapItem({
  heap: { key, name, instance, peak, poolSize, counted, lists },
  here,
}: {
  readonly heap: IndexedHeap;
  readonly here: boolean;
}) {
  const { chosen } = useApp();
  const size = poolSize === 0 ? null : poolSize;
  const most = Math.max(peak.allocated, counted);
  const said = lists
    ? `${name}: leak lists, at most ${bytesText(most)} bytes asked for`
    : `${name}: peak ${bytesText(most)} of ${bytesText(size)} bytes`;
  return (
    <li>
      <button
        type="button"
        class="item"
        aria-current={here}
        title={said}
        onClick={() => chosen.choose({ heap: here ? "" : String(key) })}
      >
        <span class="clip">{heapText(name, instance)}</span>
        <Bar used={peak.allocated} peak={counted === 0 ? null : counted} size={size} />
      </button>
    </li>
  );
}
