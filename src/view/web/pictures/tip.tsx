// A small panel beside the pointer that says what lies there.
import type { ComponentChildren } from "preact";
import type { Spot } from "./picture.tsx";

/** Stays within the picture: left of the pointer in its right half. */
export function Tip({
  at,
  width,
  children,
}: {
  readonly at: Spot;
  readonly width: number;
  readonly children: ComponentChildren;
}) {
  const side = at.x < width / 2 ? { left: `${at.x + 14}px` } : { right: `${Math.max(0, width - at.x + 14)}px` };
  return (
    <div class="tip" style={{ ...side, top: `${at.y + 14}px` }} aria-hidden="true">
      {children}
    </div>
  );
}
