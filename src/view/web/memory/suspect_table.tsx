// A table of the suspects of three moments.
import type { Suspect } from "../../../analyze/leak/three.ts";
import type { Grouping } from "../../../analyze/ranges/block_owner.ts";
import { grouped } from "../../../base/format.ts";
import { signedBytes } from "../parts/figures.ts";
import { DataTable, type TableColumn } from "./data_table.tsx";
import { GROUPING_WORDS, groupName } from "./words.ts";

const KINDS = {
  leak: { rank: 0, text: "leak", title: "both runs left something" },
  new: { rank: 1, text: "new", title: "only the second run left something" },
  kept: { rank: 2, text: "kept", title: "only the first run left something: a cache, or a leak" },
} as const;

const STAYED = ({ kept, late }: Suspect): number => kept.bytes + late.bytes;

export function SuspectTable({ rows, by }: { readonly rows: readonly Suspect[]; readonly by: Grouping }) {
  const columns: TableColumn<Suspect>[] = [
    {
      title: "kind",
      of: ({ kind }) => -KINDS[kind].rank,
      show: ({ kind }) => (
        <span class={`kind kind-${kind}`} title={KINDS[kind].title}>
          {KINDS[kind].text}
        </span>
      ),
      width: "56px",
    },
    { title: "stayed", of: STAYED, show: (row) => grouped(STAYED(row)), width: "minmax(48px, 84px)", figure: true },
    {
      title: "1st run",
      wide: true,
      of: (row) => row.kept.bytes,
      show: (row) => signedBytes(row.kept.bytes),
      width: "minmax(48px, 84px)",
      figure: true,
    },
    {
      title: "2nd run",
      wide: true,
      of: (row) => row.late.bytes,
      show: (row) => signedBytes(row.late.bytes),
      width: "minmax(48px, 84px)",
      figure: true,
    },
    {
      title: "blocks",
      of: (row) => row.counts[2],
      show: (row) => row.counts.map((count) => grouped(count)).join(" → "),
      width: "minmax(72px, 112px)",
      figure: true,
    },
    {
      title: GROUPING_WORDS[by],
      of: (row) => row.site,
      show: (row) => <span title={row.site}>{groupName(row.site, by)}</span>,
      width: "minmax(140px, 1fr)",
    },
  ];
  const leaks = rows.filter(({ kind }) => kind === "leak").length;
  return (
    <>
      <p class="sum-line">
        {leaks === 0 ? "No group grew in both runs." : <b>{`${leaks} grew in both runs: a leak is likely.`}</b>} Bytes
        are those asked for.
      </p>
      <DataTable
        label={`What came and stayed, by ${GROUPING_WORDS[by]}`}
        rows={rows}
        columns={columns}
        boxName={({ site }) => site}
        order={{ column: 0, turned: false }}
        none="Nothing that came after the first moment is still there."
      />
    </>
  );
}
