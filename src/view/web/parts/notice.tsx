// What stands where nothing can be shown: why, and what to do.
import type { ComponentChildren } from "preact";

export function Notice({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="notice">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** How far something is, from 0 to 1. */
export function Progress({ what, part }: { readonly what: string; readonly part: number }) {
  return (
    <div class="notice" role="status">
      <h2>{what}</h2>
      <progress value={part} max={1} aria-label={what} />
      <p class="quiet">{Math.floor(100 * part)} %</p>
    </div>
  );
}
