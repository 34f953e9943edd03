// A live system in the column, with its heaps where it is chosen.
import type { ReadonlySignal } from "@preact/signals";
import type { HeapState, SystemState } from "../../../live/state/state.ts";
import { Bar } from "../parts/bar.tsx";
import { StateDot } from "../parts/state_dot.tsx";
import { useApp } from "../state/app.ts";

export function SystemItem({ system }: { readonly system: ReadonlySignal<SystemState> }) {
  const { chosen } = useApp();
  const { name, state, heaps } = system.value;
  const { source, heap } = chosen.now.value;
  const here = source === name;
  return (
    <li>
      <button type="button" class="item" aria-current={here && heap === ""} onClick={() => chosen.chooseSource(name)}>
        <StateDot state={state} />
        <span class="clip" title={name}>
          {name}
        </span>
      </button>
      {here && (
        <ul class="heaps">
          {heaps.map((one) => (
            <HeapItem
              key={one.key}
              heap={one}
              here={heap === one.key}
              choose={() => chosen.chooseSource(name, one.key)}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

interface Given {
  readonly heap: HeapState;
  readonly here: boolean;
  readonly choose: () => void;
}

function HeapItem({ heap: { name, uuid, gone, allocated, max, size }, here, choose }: Given) {
  return (
    <li>
      <button
        type="button"
        class={`item ${gone ? "is-old" : ""}`}
        aria-current={here}
        title={uuid ?? name}
        onClick={choose}
      >
        <span class="clip">{name}</span>
        <Bar used={allocated} peak={max} size={size} />
      </button>
    </li>
  );
}
