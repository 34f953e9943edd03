// Files that are dropped anywhere on the page.
import { useEffect, useState } from "preact/hooks";
import { droppedFiles } from "../data/new_files.ts";
import { useApp } from "../state/app.ts";

/** True while files are held over the page. */
export function useDrop(): boolean {
  const { chosen, files } = useApp();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const hear = (kind: "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void): void =>
      document.addEventListener(kind, act, { signal: stop.signal });
    hear("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files") !== true) return;
      event.preventDefault();
      setOver(true);
    });
    hear("dragleave", (event) => {
      if (event.relatedTarget === null) setOver(false);
    });
    hear("drop", (event) => {
      setOver(false);
      if (event.dataTransfer?.types.includes("Files") !== true) return;
      event.preventDefault();
      const given = droppedFiles(event.dataTransfer.files);
      files.add(given);
      if (given[0] !== undefined) chosen.chooseFile(given[0].id);
    });
    return () => stop.abort();
  }, [chosen, files]);
  return over;
}
