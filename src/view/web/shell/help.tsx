// The panel of keys.
import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../state/app.ts";
import { TIMELINE_KEYS } from "../timeline/timeline_keys.ts";
import { PAGE_KEYS } from "./page_keys.ts";

export function Help() {
  const { settings } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = settings.help.value;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      class="help"
      aria-label="Keys"
      onClose={() => {
        settings.help.value = false;
      }}
    >
      <h2>Keys</h2>
      <dl>
        {[...PAGE_KEYS, ...TIMELINE_KEYS].map(({ shown, does }) => (
          <div key={shown}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
