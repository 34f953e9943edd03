// A table of what became more or less.
import type { SiteChange } from "../../../analyze/leak/diff.ts";
import type { Grouping } from "../../../analyze/ranges/block_owner.ts";
import { grouped } from "../../../base/format.ts";
import { signedBytes } from "../parts/figures.ts";
import { DataTable, type TableColumn } from "./data_table.tsx";
import { GROUPING_WORDS, groupName } from "./words.ts";

export function ChangeTable({ rows, by }: { readonly rows: readonly SiteChange[]; readonly by: Grouping }) {
  const sum = rows.reduce((total, { bytes }) => total + bytes, 0);
  const columns: TableColumn<SiteChange>[] = [
    {
      title: "bytes",
      of: (row) => row.bytes,
      show: (row) => <b>{signedBytes(row.bytes)}</b>,
      width: "minmax(56px, 96px)",
      figure: true,
    },
    {
      title: "blocks",
      of: (row) => row.blocks,
      show: (row) => signedBytes(row.blocks),
      width: "minmax(40px, 72px)",
      figure: true,
    },
    {
      title: "first",
      wide: true,
      of: (row) => row.before.bytes,
      show: (row) => grouped(row.before.bytes),
      width: "minmax(56px, 96px)",
      figure: true,
    },
    {
      title: "second",
      wide: true,
      of: (row) => row.after.bytes,
      show: (row) => grouped(row.after.bytes),
      width: "minmax(56px, 96px)",
      figure: true,
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
        The second range has <b>{signedBytes(sum)}</b> bytes
      </p>
      <DataTable
        label={`Differences by ${GROUPING_WORDS[by]}`}
        rows={rows}
        columns={columns}
        boxName={({ site }) => site}
        order={{ column: 0, turned: false }}
        none="No difference."
      />
    </>
  );
}
