// The keys of the whole page: one row for each. The help shows the same rows.
import type { App } from "../state/app.ts";
import { nextTheme } from "./theme.ts";
import { VIEW_TABLE } from "./views.ts";

interface Key {
  readonly keys: readonly string[];
  /** As the help shows it. */
  readonly shown: string;
  readonly does: string;
  readonly act: (app: App, key: string) => void;
}

export const PAGE_KEYS: readonly Key[] = [
  {
    keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    shown: "1 – 9",
    does: "view by number",
    act: ({ chosen }, key) => {
      const view = VIEW_TABLE[Number(key) - 1];
      if (view !== undefined) chosen.choose({ view: view.name });
    },
  },
  { keys: ["/"], shown: "/", does: "filter", act: () => document.querySelector<HTMLElement>("input.filter")?.focus() },
  { keys: ["o"], shown: "o", does: "open a recording", act: () => document.getElementById("open-file")?.click() },
  { keys: ["t"], shown: "t", does: "colours: light, dark, as the system", act: ({ settings }) => nextTheme(settings) },
  {
    keys: ["Escape"],
    shown: "Esc",
    does: "choose the whole time",
    act: ({ chosen }) => chosen.choose({ range: null, moment: null }),
  },
  {
    keys: ["?"],
    shown: "?",
    does: "this help",
    act: ({ settings }) => {
      settings.help.value = !settings.help.value;
    },
  },
];
