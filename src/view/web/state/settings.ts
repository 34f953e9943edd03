// What a reader has set for this browser: light or dark, and which panels are open. Kept in its storage where that is allowed.
import { effect, type Signal, signal } from "@preact/signals";

export const THEMES = ["auto", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

export interface Settings {
  readonly theme: Signal<Theme>;
  readonly help: Signal<boolean>;
  /** The column of sources and heaps, where the window is narrow. */
  readonly column: Signal<boolean>;
}

const KEY = "teemem.theme";

export function createSettings(root: HTMLElement, storage: Storage | null): Settings {
  const stored = storage?.getItem(KEY);
  const theme = signal<Theme>(THEMES.find((one) => one === stored) ?? "auto");
  effect(() => {
    root.dataset.theme = theme.value;
    storage?.setItem(KEY, theme.value);
  });
  return { theme, help: signal(false), column: signal(false) };
}

/** The browser's storage; null where a page may not use it, as one that was opened from a file. */
export function pageStorage(window: Window): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
