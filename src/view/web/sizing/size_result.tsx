// How large the pool has to be: the answers, the curve, and its figures.
import type { HeapSize } from "../../../analyze/size/heap_size.ts";
import { grouped } from "../../../base/format.ts";
import { Picture } from "../pictures/picture.tsx";
import { BEST, FIRST, paintCurve } from "./curve_paint.ts";
import { refusals } from "./curve_scale.ts";
import { SizeTable } from "./size_table.tsx";

const FITS = [
  { fit: "first", word: "first fit", ink: FIRST },
  { fit: "best", word: "best fit", ink: BEST },
] as const;

export function SizeResult({ size }: { readonly size: HeapSize }) {
  const { curve, pool, heap, curable } = size;
  const places = refusals(curve);
  return (
    <div class="size-result">
      <dl class="size-answers">
        <div>
          <dt>recorded pool</dt>
          <dd>{grouped(pool)}</dd>
        </div>
        {FITS.map(({ fit, word, ink }) => (
          <div key={fit}>
            <dt>
              <span class="swatch" style={{ background: ink }} /> smallest pool, {word}
            </dt>
            <dd data-fit={fit}>{pools(size, fit)}</dd>
          </div>
        ))}
        {size.knob.name !== "" && (
          <div>
            <dt>build option</dt>
            <dd>
              <code>{size.knob.name}</code> <span class="quiet">now {grouped(size.knob.configured)}</span>
            </dd>
          </div>
        )}
      </dl>
      {curable > 0 && (
        <p class="sum-line">
          {curable === 1 ? "One request" : `${grouped(curable)} requests`} failed in the recording that a larger pool
          serves; the sizes above serve them, too.
        </p>
      )}
      {curve.length > 0 && (
        <>
          <p class="sum-line quiet">Requests refused by size of the pool, in bytes; logarithmic</p>
          <Picture
            label="Requests refused by size of the pool. The same as a table follows."
            name={`sizing-${heap}`}
            class="curve"
            paint={(pen) => paintCurve(pen, places, pool)}
          />
          <SizeTable curve={curve} />
        </>
      )}
    </div>
  );
}

function pools({ variants }: HeapSize, fit: "first" | "best"): string {
  const served = variants.find((one) => one.fit === fit)?.served.pool;
  return served == null ? "none is large enough" : grouped(served);
}
