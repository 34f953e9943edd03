// Rows of one height in a part that scrolls; only those in sight are in the document.
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from "@tanstack/virtual-core";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useReducer, useRef, useState } from "preact/hooks";

interface Given {
  readonly count: number;
  /** Pixels. */
  readonly height: number;
  readonly row: (n: number) => ComponentChildren;
  /** The row to bring into sight; null for none. It is done again whenever it changes. */
  readonly show?: number | null;
  readonly class?: string;
  readonly label: string;
}

export function VirtualRows({ count, height, row, show = null, class: name = "", label }: Given) {
  const scroller = useRef<HTMLElement>(null);
  const [, draw] = useReducer((n: number, _: null) => n + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => draw(null),
  };
  const [virtual] = useState(() => new Virtualizer<HTMLElement, Element>(options));
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), [virtual]);
  useLayoutEffect(() => virtual._willUpdate());
  useLayoutEffect(() => {
    if (show !== null && show >= 0 && show < count) virtual.scrollToIndex(show, { align: "auto" });
  }, [virtual, show, count]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by the keyboard
    <section ref={scroller} class={`rows ${name}`} tabIndex={0} aria-label={label}>
      <div style={{ height: `${virtual.getTotalSize()}px`, position: "relative" }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start, key }) => (
          <div
            key={key}
            role="presentation"
            class="row-place"
            style={{ transform: `translateY(${start}px)`, height: `${height}px` }}
          >
            {row(index)}
          </div>
        ))}
      </div>
    </section>
  );
}
