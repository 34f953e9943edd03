// The whole page: header, column of sources and heaps, tabs, and the view that is chosen.
import { useEffect } from "preact/hooks";
import { useApp } from "../state/app.ts";
import { Column } from "./column.tsx";
import { useDrop } from "./drop.ts";
import { useFirstFile } from "./first_file.ts";
import { Header } from "./header.tsx";
import { Help } from "./help.tsx";
import { useKeys } from "./keys.ts";
import { Stage } from "./stage.tsx";

export function Page() {
  const { chosen, files } = useApp();
  const { file } = chosen.now.value;
  const list = files.list.value;
  // A file that a link names is opened as soon as it is known.
  useEffect(() => {
    if (list.some(({ id, opening }) => id === file && opening.state === "closed")) files.open(file);
  }, [files, file, list]);
  useFirstFile();
  useKeys();
  const over = useDrop();
  return (
    <div class="page">
      <Header />
      <Column />
      <Stage />
      <Help />
      {over && <div class="drop-here">Drop recordings here. They stay in this browser.</div>}
    </div>
  );
}
