// What is shown in the overview, and in which order.
import type { Signal } from "@preact/signals";
import { counted } from "../../../base/format.ts";
import type { SystemState } from "../../../live/state/state.ts";
import { inTrouble, SORTS, type Sort } from "./rows.ts";

const TITLES: Readonly<Record<Sort, string>> = {
  given: "as given",
  name: "by name",
  fullest: "fullest first",
  growth: "fastest growth first",
  failures: "most failures first",
};

interface Given {
  readonly sort: Signal<Sort>;
  readonly filter: Signal<string>;
  readonly trouble: Signal<boolean>;
  readonly systems: readonly SystemState[];
}

export function Toolbar({ sort, filter, trouble, systems }: Given) {
  const live = systems.filter(({ state }) => state === "live").length;
  const bad = systems.filter(inTrouble).length;
  const alarms = systems.reduce((sum, system) => sum + system.alarms.length, 0);
  return (
    <div class="toolbar">
      <input
        type="search"
        class="filter"
        placeholder="Filter ( / )"
        aria-label="Filter systems and heaps by name"
        value={filter.value}
        onInput={(event) => {
          filter.value = event.currentTarget.value;
        }}
      />
      <select
        aria-label="Order"
        value={sort.value}
        onChange={(event) => {
          sort.value = event.currentTarget.value as Sort;
        }}
      >
        {SORTS.map((one) => (
          <option key={one} value={one}>
            {TITLES[one]}
          </option>
        ))}
      </select>
      <label>
        <input
          type="checkbox"
          checked={trouble.value}
          onChange={(event) => {
            trouble.value = event.currentTarget.checked;
          }}
        />{" "}
        only trouble
      </label>
      <span class="toolbar-sum quiet">
        {counted(systems.length, "system")}, {live} live{bad > 0 && `, ${bad} in trouble`}
        {alarms > 0 && `, ${counted(alarms, "alarm")}`}
      </span>
    </div>
  );
}
