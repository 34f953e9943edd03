// Listens to the keys of the page. Views have keys of their own while they have the focus.
import { useEffect } from "preact/hooks";
import { useApp } from "../state/app.ts";
import { PAGE_KEYS } from "./page_keys.ts";

/** Nothing happens while somebody types or a dialog is open, or with Ctrl, Alt or Meta. */
export function useKeys(): void {
  const app = useApp();
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      const at = event.target instanceof HTMLElement ? event.target : document.body;
      if (at.closest("dialog") !== null) return;
      if (at.matches("input, select, textarea")) {
        if (event.key === "Escape") at.blur();
        return;
      }
      const key = PAGE_KEYS.find(({ keys }) => keys.includes(event.key));
      if (key === undefined) return;
      event.preventDefault();
      key.act(app, event.key);
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, [app]);
}
