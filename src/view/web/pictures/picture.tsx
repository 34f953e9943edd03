// A picture on a canvas: painted anew with its data, its size and the colours of the page; can be saved as PNG.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useReducer, useRef } from "preact/hooks";
import { useColours } from "../parts/colours.ts";
import { savePng } from "../parts/save_png.ts";
import { type CanvasLook, lookOf, type Pen, penFor } from "./pen.ts";

/** A place on a picture, in CSS pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

interface Given {
  readonly label: string;
  /** Of the file that is saved, without its ending. */
  readonly name: string;
  /** CSS pixels; default as the style says. */
  readonly height?: number;
  readonly class?: string;
  readonly paint: (pen: Pen) => void;
  readonly onHover?: (spot: Spot | null) => void;
  /** Called where the pointer goes down, and while it moves then. */
  readonly onDrag?: (spot: Spot) => void;
  readonly onKey?: (event: KeyboardEvent) => void;
  readonly children?: ComponentChildren;
}

export function Picture(given: Given) {
  const { label, name, height, class: kind = "", paint, onHover, onDrag, onKey, children } = given;
  const colours = useColours();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const look = useRef<CanvasLook | null>(null);
  const [, again] = useReducer((n: number, _: null) => n + 1, 0);
  useLayoutEffect(() => {
    if (canvas.current === null) return;
    look.current ??= lookOf(canvas.current);
    const pen = penFor(canvas.current, look.current, colours);
    if (pen !== null) paint(pen);
  });
  useEffect(() => {
    const sizes = new ResizeObserver(() => {
      look.current = null;
      again(null);
    });
    if (canvas.current !== null) sizes.observe(canvas.current);
    return () => sizes.disconnect();
  }, []);
  const spotOf = ({ clientX, clientY }: PointerEvent): Spot => {
    const box = canvas.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  };
  return (
    <div ref={frame} class={`picture ${kind}`}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        tabIndex={onKey === undefined ? -1 : 0}
        style={height === undefined ? {} : { height: `${height}px` }}
        onPointerDown={(event) => {
          if (onDrag === undefined) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          onDrag(spotOf(event));
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1) onDrag?.(spotOf(event));
          else onHover?.(spotOf(event));
        }}
        onPointerLeave={() => onHover?.(null)}
        onKeyDown={onKey}
      />
      {children}
      <button
        type="button"
        class="save-picture"
        title="Save this picture as PNG"
        onClick={() => frame.current !== null && savePng(frame.current, name)}
      >
        PNG
      </button>
    </div>
  );
}
