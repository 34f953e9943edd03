// Opens recordings of this computer.
import { useRef } from "preact/hooks";
import { droppedFiles } from "../data/new_files.ts";
import { useApp } from "../state/app.ts";

export function OpenFile() {
  const { chosen, files } = useApp();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        id="open-file"
        title="Open a recording of this computer (o). It stays in this browser."
        onClick={() => picker.current?.click()}
      >
        Open…
      </button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Recordings"
        onChange={({ currentTarget }) => {
          const given = droppedFiles(currentTarget.files ?? []);
          currentTarget.value = "";
          files.add(given);
          if (given[0] !== undefined) chosen.chooseFile(given[0].id);
        }}
      />
    </>
  );
}
