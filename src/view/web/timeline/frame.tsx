// Around a timeline: buttons, keys, and the console at its side.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { savePng } from "../parts/save_png.ts";
import { useApp } from "../state/app.ts";
import type { Range } from "../state/choice.ts";
import type { Scene } from "./scene.ts";
import { showing } from "./span.ts";
import { TIMELINE_KEYS } from "./timeline_keys.ts";

interface Given {
  readonly scene: Scene;
  readonly name: string;
  /** Microseconds; null where none is known. */
  readonly peak: number | null;
  /** Stretches of tests, ascending; none where none are known. */
  readonly tests?: readonly Range[];
  readonly aside: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Frame({ scene, name, peak, tests = [], aside, children }: Given) {
  const { chosen } = useApp();
  const picture = useRef<HTMLDivElement>(null);
  const { moment } = chosen.now.value;
  // A moment that was chosen elsewhere, or by a key, comes into sight.
  useEffect(() => {
    if (moment !== null)
      scene.span.value = showing(scene.span.peek(), { from: moment, to: moment }, scene.whole.peek());
  }, [scene, moment]);
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const at = event.target instanceof HTMLElement ? event.target : document.body;
      if (at.closest("dialog, input, select, textarea, .rows") !== null) return;
      const key = TIMELINE_KEYS.find(({ keys }) => keys.includes(event.key));
      if (key === undefined) return;
      event.preventDefault();
      key.act({ scene, chosen, peak, tests, far: event.shiftKey }, event.key);
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [scene, chosen, peak, tests]);
  return (
    <div class="timeline">
      <div class="timeline-main">
        <div class="toolbar">
          {TIMELINE_KEYS.filter(({ button }) => button !== undefined).map(({ button, keys: [key = ""], does }) => (
            <button
              key={key}
              type="button"
              title={`${does} (${key})`}
              aria-label={does}
              onClick={() =>
                TIMELINE_KEYS.find(({ keys }) => keys[0] === key)?.act({ scene, chosen, peak, tests, far: false }, key)
              }
            >
              {button}
            </button>
          ))}
          <span class="quiet hint">drag: range · click: moment · Ctrl+wheel: zoom · Shift+drag: pan</span>
          <button
            type="button"
            class="png"
            title="Save the picture"
            onClick={() => picture.current !== null && savePng(picture.current, `${name}-timeline`)}
          >
            PNG
          </button>
        </div>
        <div ref={picture} class="tracks">
          {children}
        </div>
      </div>
      {aside}
    </div>
  );
}
