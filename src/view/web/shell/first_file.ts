// Where nothing is watched and nothing chosen, the page begins with the first recording.
import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../state/app.ts";
import { NOTHING_CHOSEN } from "../state/choice.ts";
import { linkOf } from "../state/link.ts";

/** Chooses it at most once: who goes back to the overview stays there. */
export function useFirstFile(): void {
  const { chosen, files, fleet } = useApp();
  const done = useRef(false);
  const untouched = linkOf(chosen.now.value) === linkOf(NOTHING_CHOSEN);
  // A report has no server; the states of one that is asked or lost may still come.
  const told = fleet.connection.value === "none" || fleet.connection.value === "open";
  const watched = !told || fleet.systems.value.length > 0;
  const first = files.list.value[0]?.id;
  useEffect(() => {
    if (!untouched) done.current = true;
    if (done.current || watched || first === undefined) return;
    done.current = true;
    chosen.chooseFile(first);
  }, [chosen, untouched, watched, first]);
}
