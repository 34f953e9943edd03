// Whether an element is in sight, or nearly: what is not need not be computed.
import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

export function useOnScreen(ref: RefObject<HTMLElement | null>): boolean {
  const [seen, put] = useState(false);
  useEffect(() => {
    if (ref.current === null) return;
    const observer = new IntersectionObserver(([entry]) => put(entry?.isIntersecting ?? false), {
      rootMargin: "200px",
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return seen;
}
