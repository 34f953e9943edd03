// All systems at once: their state, pools, TAs and alarms, as they are now.
import { useComputed, useSignal } from "@preact/signals";
import { counted } from "../../../base/format.ts";
import { Notice } from "../parts/notice.tsx";
import { VirtualRows } from "../parts/virtual_rows.tsx";
import { useApp } from "../state/app.ts";
import { HeapRow } from "./heap_row.tsx";
import { NoSystems } from "./no_systems.tsx";
import { type OverviewRow, overviewRows, type Sort } from "./rows.ts";
import { SystemRow } from "./system_row.tsx";
import { Toolbar } from "./toolbar.tsx";

/** More systems than that begin closed, each with its fullest heap. */
const FEW = 12;
const COLUMNS = ["name", "in use", "", "bytes", "peak", "size", "failed", "growth/min", "full in", "history"];

export function Overview() {
  const { fleet, chosen } = useApp();
  const sort = useSignal<Sort>("given");
  const filter = useSignal("");
  const trouble = useSignal(false);
  /** Those that are not as they began. */
  const turned = useSignal<ReadonlySet<string>>(new Set());
  const systems = useComputed(() => fleet.systems.value.map((system) => system.value));
  const rows = useComputed(() =>
    overviewRows(systems.value, {
      sort: sort.value,
      filter: filter.value,
      trouble: trouble.value,
      open: ({ name }) => systems.value.length <= FEW !== turned.value.has(name),
    }),
  );
  const turn = (name: string): void => {
    const next = new Set(turned.value);
    if (!next.delete(name)) next.add(name);
    turned.value = next;
  };
  const draw = (row: OverviewRow | undefined) => {
    if (row === undefined) return null;
    const { system } = row;
    if (row.kind === "system") return <SystemRow system={system} open={row.open} turn={() => turn(system.name)} />;
    return <HeapRow system={system} heap={row.heap} choose={() => chosen.chooseSource(system.name, row.heap.key)} />;
  };
  if (systems.value.length === 0) return <NoSystems />;
  return (
    <section class="overview" aria-label="Overview">
      <Toolbar sort={sort} filter={filter} trouble={trouble} systems={systems.value} />
      <div class="line line-head" aria-hidden="true">
        {COLUMNS.map((title, n) => (
          <span key={title} class={`c${n}`}>
            {title}
          </span>
        ))}
      </div>
      {rows.value.length === 0 ? (
        <Notice title="No system or heap is like that." />
      ) : (
        <VirtualRows
          label={`${counted(systems.value.length, "system")} with their heaps`}
          count={rows.value.length}
          height={26}
          row={(n) => draw(rows.value[n])}
        />
      )}
    </section>
  );
}
