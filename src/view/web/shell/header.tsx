// The top line: what is looked at, the range and moment that are chosen, and the page's own switches.
import { useApp } from "../state/app.ts";
import { ChosenTime } from "./chosen_time.tsx";
import { OpenFile } from "./open_file.tsx";
import { nextTheme } from "./theme.ts";

const THEME_SIGNS = { auto: "◐", light: "○", dark: "●" } as const;

export function Header() {
  const { chosen, files, fleet, settings } = useApp();
  const { file, source } = chosen.now.value;
  const name = source || (files.list.value.find(({ id }) => id === file)?.name ?? "");
  const theme = settings.theme.value;
  return (
    <header class="top">
      <button
        type="button"
        class="column-switch"
        aria-label="Sources and heaps"
        aria-expanded={settings.column.value}
        onClick={() => {
          settings.column.value = !settings.column.value;
        }}
      >
        ☰
      </button>
      <span class="brand">teemem</span>
      <h1 class="clip">{name || "overview"}</h1>
      <ChosenTime />
      {fleet.connection.value === "lost" && <b class="bad">The server is gone; asking again</b>}
      <span class="space" />
      <OpenFile />
      <button
        type="button"
        title={`Colours: ${theme} (t)`}
        aria-label={`Colours: ${theme}`}
        onClick={() => nextTheme(settings)}
      >
        {THEME_SIGNS[theme]}
      </button>
      <button
        type="button"
        aria-label="Help"
        title="Keys (?)"
        onClick={() => {
          settings.help.value = true;
        }}
      >
        ?
      </button>
    </header>
  );
}
