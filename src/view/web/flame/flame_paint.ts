// Paints a flame graph: the outermost boxes at the top.
import { categoryColour, inkOn } from "../pictures/palette.ts";
import type { Pen } from "../pictures/pen.ts";
import { type FlameBox, samePath } from "./flame_boxes.ts";

export const ROW = 22;

/** `at`: the box under the pointer or the keys, by its path. */
export function paintFlame(
  { context, width, colours }: Pen,
  boxes: readonly FlameBox[],
  at: readonly string[] | null,
): void {
  for (const box of boxes) {
    const [x, y] = [box.from * width, box.depth * ROW];
    const wide = (box.to - box.from) * width;
    const colour = box.depth === 0 ? "#d5dae0" : categoryColour(box.family % 8);
    context.fillStyle = colour;
    context.fillRect(x, y, Math.max(1, wide - 1), ROW - 1);
    if (at !== null && samePath(at, box.path)) {
      context.strokeStyle = colours.ink;
      context.lineWidth = 2;
      context.strokeRect(x + 1, y + 1, Math.max(1, wide - 3), ROW - 3);
    }
    if (wide < 30) continue;
    context.fillStyle = inkOn(colour);
    context.fillText(clipped(context, boxName(box), wide - 10), x + 5, y + ROW / 2);
  }
}

export function boxName({ node, depth }: FlameBox): string {
  return depth === 0 ? "all" : node.name;
}

/** The end of a name tells more than its beginning: of `core/tee/tee_obj.c:77` that is the line. */
function clipped(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let [short, long] = [0, text.length];
  while (short < long) {
    const middle = (short + long + 1) >> 1;
    if (context.measureText(`…${text.slice(-middle)}`).width <= width) short = middle;
    else long = middle - 1;
  }
  return short === 0 ? "" : `…${text.slice(-short)}`;
}
