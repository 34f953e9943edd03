// A picture on a canvas: painted anew with its data, its size and the colours of the page; can be saved as PNG.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useReducer, useRef } from "preact/hooks";
import { useApp } from "../state/app.ts";
import { type Pen, penFor } from "./pen.ts";
import { savePicture } from "./save_picture.ts";

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
  const { settings } = useApp();
  const theme = settings.theme.value;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [, again] = useReducer((n: number, _: null) => n + 1, 0);
  useLayoutEffect(() => {
    const pen = canvas.current === null ? null : penFor(canvas.current);
    if (pen !== null) paint(pen);
  });
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const sizes = new ResizeObserver(() => again(null));
    const draw = (): void => again(null);
    dark.addEventListener("change", draw);
    if (canvas.current !== null) sizes.observe(canvas.current);
    return () => {
      dark.removeEventListener("change", draw);
      sizes.disconnect();
    };
  }, [theme]);
  const spotOf = ({ clientX, clientY }: PointerEvent): Spot => {
    const box = canvas.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  };
  return (
    <div class={`picture ${kind}`}>
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
        onClick={() => canvas.current !== null && savePicture(canvas.current, name)}
      >
        PNG
      </button>
    </div>
  );
}
