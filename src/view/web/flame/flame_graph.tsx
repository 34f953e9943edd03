// A flame graph that a click or Enter zooms.
import { useMemo, useState } from "preact/hooks";
import type { FlameNode } from "../../../analyze/ranges/flame.ts";
import { grouped } from "../../../base/format.ts";
import { percentText } from "../parts/figures.ts";
import { Picture, type Spot } from "../pictures/picture.tsx";
import { Tip } from "../pictures/tip.tsx";
import { boxAt, type FlameBox, flameBoxes, neighbour, samePath } from "./flame_boxes.ts";
import { boxName, paintFlame, ROW } from "./flame_paint.ts";

/** Half a pixel of a wide screen. */
const LEAST = 1 / 4000;

export function FlameGraph({ root, label }: { readonly root: FlameNode; readonly label: string }) {
  const [focus, setFocus] = useState<readonly string[]>([]);
  const [at, setAt] = useState<readonly string[] | null>(null);
  const [tip, setTip] = useState<Spot | null>(null);
  const [width, setWidth] = useState(1);
  const boxes = useMemo(() => flameBoxes(root, focus, LEAST), [root, focus]);
  const chosen = at === null ? undefined : boxes.find(({ path }) => samePath(path, at));
  const rows = boxes.reduce((most, { depth }) => Math.max(most, depth + 1), 1);
  const find = ({ x, y }: Spot): FlameBox | undefined => boxAt(boxes, x / width, Math.floor(y / ROW));
  const hover = (spot: Spot | null): void => {
    setTip(spot);
    setAt(spot === null ? null : (find(spot)?.path ?? null));
  };
  const key = (event: KeyboardEvent): void => {
    const next = chosen === undefined ? boxes[0] : neighbour(boxes, chosen, event.key);
    if (event.key === "Enter" && chosen !== undefined) setFocus(chosen.path);
    else if (event.key === "Escape" && focus.length > 0) setFocus([]);
    else if (event.key.startsWith("Arrow")) setAt(next?.path ?? at);
    else return;
    setTip(null);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <p class="flame-said" aria-live="polite">
        {chosen === undefined ? (
          <span class="quiet">Click a box or press Enter to zoom; arrow keys go from box to box, Esc zooms out.</span>
        ) : (
          <BoxText box={chosen} of={root.bytes} />
        )}
        {focus.length > 0 && (
          <button type="button" onClick={() => setFocus([])}>
            Zoom out
          </button>
        )}
      </p>
      <Picture
        label={`${label}. The same as a list follows.`}
        name={`flame-${label}`}
        class="flame"
        height={rows * ROW}
        paint={(pen) => {
          if (pen.width !== width) setWidth(pen.width);
          paintFlame(pen, boxes, at);
        }}
        onHover={hover}
        onDrag={(spot) => setFocus(find(spot)?.path ?? [])}
        onKey={key}
      >
        {tip !== null && chosen !== undefined && (
          <Tip at={tip} width={width}>
            <BoxText box={chosen} of={root.bytes} />
          </Tip>
        )}
      </Picture>
    </>
  );
}

function BoxText({ box, of }: { readonly box: FlameBox; readonly of: number }) {
  return (
    <span>
      <b>{boxName(box)}</b> {grouped(box.node.bytes)} bytes ({percentText(box.node.bytes, of)}) in{" "}
      {grouped(box.node.blocks)} blocks
    </span>
  );
}
