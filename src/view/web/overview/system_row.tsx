// The row of a system: its state, what is wrong, and its fullest heap where the others are hidden.
import { counted } from "../../../base/format.ts";
import type { SystemState } from "../../../live/state/state.ts";
import { Bar } from "../parts/bar.tsx";
import { bytesText, percentText } from "../parts/figures.ts";
import { StateDot } from "../parts/state_dot.tsx";
import { fullest } from "./rows.ts";

interface Given {
  readonly system: SystemState;
  readonly open: boolean;
  readonly turn: () => void;
}

export function SystemRow({ system, open, turn }: Given) {
  const { name, state, release, trouble, alarms, heaps } = system;
  const top = open ? null : fullest(system);
  const said = alarms[0]?.text ?? trouble;
  return (
    <button type="button" class="line system-line" aria-expanded={open} onClick={turn}>
      <span class="c0">
        <span class="turn" aria-hidden="true" />
        <StateDot state={state} />
        <b class="clip" title={name}>
          {name}
        </b>
        <span class="quiet">{state !== "live" ? state : open && release !== "" ? `OP-TEE ${release}` : ""}</span>
      </span>
      {top !== null && (
        <>
          <span class="c1">
            <Bar used={top.allocated} peak={top.max} size={top.size} />
          </span>
          <span class="c2 figure">{percentText(top.allocated, top.size)}</span>
          <span class="c3 figure">{bytesText(top.allocated)}</span>
        </>
      )}
      <span class={`said clip ${top === null ? "" : "said-after"}`} title={said}>
        {alarms.length > 0 && <b class="alarm">{counted(alarms.length, "alarm")}</b>}
        {said === "" && top !== null ? (
          <span class="quiet">{`${top.name}, ${counted(heaps.length, "heap")}`}</span>
        ) : (
          said
        )}
      </span>
    </button>
  );
}
