// The curve as a table.
import type { SizeCurve } from "../../../analyze/size/curve.ts";
import { grouped } from "../../../base/format.ts";
import { refusals } from "./curve_scale.ts";

export function SizeTable({ curve }: { readonly curve: SizeCurve }) {
  const places = refusals(curve);
  return (
    <table class="size-table">
      <caption class="unseen">Requests refused, and bytes never used, by size of the pool</caption>
      <thead>
        <tr>
          <th scope="col">pool</th>
          <th scope="col">refused, first fit</th>
          <th scope="col">refused, best fit</th>
          <th scope="col">never used, first fit</th>
        </tr>
      </thead>
      <tbody>
        {places.map(({ pool, first, best }, n) => (
          <tr key={pool}>
            <th scope="row">{grouped(pool)}</th>
            <td>{grouped(first)}</td>
            <td>{grouped(best)}</td>
            <td>{grouped(curve[n]?.first.headroom ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
