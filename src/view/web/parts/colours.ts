// The colours of the page for canvases, which do not know style sheets. They change with light and dark.
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../state/app.ts";

const NAMES = [
  "paper",
  "panel",
  "line",
  "line-strong",
  "ink",
  "quiet",
  "accent",
  "accent-soft",
  "fill",
  "track",
  "bad",
] as const;

export type Colours = Readonly<Record<(typeof NAMES)[number], string>>;

/** The present colours; a component that uses them is drawn again when they change. */
export function useColours(): Colours {
  const { settings } = useApp();
  const theme = settings.theme.value;
  const [colours, put] = useState(() => readColours(document.body));
  useEffect(() => {
    const read = (): void => put(readColours(document.body));
    read();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", read);
    return () => dark.removeEventListener("change", read);
  }, [theme]);
  return colours;
}

function readColours(place: HTMLElement): Colours {
  const probe = place.ownerDocument.createElement("span");
  place.append(probe);
  const found = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(found) as Colours;
}
