// A table of who holds how much.
import type { Holder } from "../../../analyze/holders.ts";
import type { Grouping } from "../../../analyze/ranges/block_owner.ts";
import { grouped } from "../../../base/format.ts";
import { Bar } from "../parts/bar.tsx";
import { percentText } from "../parts/figures.ts";
import { DataTable, type TableColumn } from "./data_table.tsx";
import { GROUPING_WORDS, groupName } from "./words.ts";

interface Given {
  readonly rows: readonly Holder[];
  readonly by: Grouping;
  readonly label: string;
}

export function HolderTable({ rows, by, label }: Given) {
  const [bytes, blocks] = rows.reduce(([b, n], row) => [b + row.bytes, n + row.blocks], [0, 0]);
  const most = rows.reduce((top, row) => Math.max(top, row.bytes), 0);
  const columns: TableColumn<Holder>[] = [
    {
      title: "bytes",
      of: (row) => row.bytes,
      show: (row) => grouped(row.bytes),
      width: "minmax(56px, 96px)",
      figure: true,
    },
    {
      title: "share",
      wide: true,
      of: (row) => row.bytes,
      show: (row) => percentText(row.bytes, bytes),
      width: "52px",
      figure: true,
    },
    {
      title: "blocks",
      of: (row) => row.blocks,
      show: (row) => grouped(row.blocks),
      width: "minmax(40px, 72px)",
      figure: true,
    },
    {
      title: "of the largest",
      wide: true,
      of: (row) => row.bytes,
      show: (row) => <Bar used={row.bytes} peak={null} size={most} />,
      width: "minmax(40px, 120px)",
    },
    {
      title: GROUPING_WORDS[by],
      of: (row) => row.site,
      show: (row) => <span title={row.site}>{groupName(row.site, by)}</span>,
      width: "minmax(140px, 1fr)",
    },
  ];
  return (
    <>
      <p class="sum-line">
        <b>{grouped(bytes)}</b> bytes in {grouped(blocks)} blocks, {label}
      </p>
      <DataTable
        label={`Bytes ${label}, by ${GROUPING_WORDS[by]}`}
        rows={rows}
        columns={columns}
        boxName={({ site }) => site}
        order={{ column: 0, turned: false }}
        none="No block."
      />
    </>
  );
}
