// The left column: live systems and recordings, and the heaps of the one that is chosen.
import { useApp } from "../state/app.ts";
import { FileItem } from "./file_item.tsx";
import { SystemItem } from "./system_item.tsx";

/** With more systems the column lists only the chosen one; the overview filters them. */
const MANY = 40;

export function Column() {
  const { fleet, files, chosen, settings } = useApp();
  const { source } = chosen.now.value;
  const systems = fleet.systems.value;
  const shown = systems.length > MANY ? systems.filter(({ value }) => value.name === source) : systems;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key on a button in it is a click, too
    <aside
      onClick={(event) => {
        if ((event.target as Element).closest(".item") !== null) settings.column.value = false;
      }}
      class={`column ${settings.column.value ? "is-open" : ""}`}
      aria-label="Sources and heaps"
    >
      {fleet.connection.value !== "none" && (
        <section>
          <h2>Live</h2>
          <ul>
            {shown.map((system) => (
              <SystemItem key={system.value.name} system={system} />
            ))}
          </ul>
          {systems.length > shown.length && <p class="quiet">{systems.length} systems: see the overview.</p>}
          {systems.length === 0 && <p class="quiet">none</p>}
        </section>
      )}
      <section>
        <h2>Recordings</h2>
        <ul>
          {files.list.value.map((file) => (
            <FileItem key={file.id} file={file} />
          ))}
        </ul>
        {files.list.value.length === 0 && <p class="quiet">Drop one on the page.</p>}
      </section>
    </aside>
  );
}
