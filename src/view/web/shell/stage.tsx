// The tabs, and the view below them.
import { useApp } from "../state/app.ts";
import { Framed } from "./framed.tsx";
import { VIEW_TABLE } from "./views.ts";

export function Stage() {
  const { chosen } = useApp();
  const { view: name } = chosen.now.value;
  const view = VIEW_TABLE.find((one) => one.name === name) ?? VIEW_TABLE[0];
  return (
    <main class="stage">
      <nav class="tabs" aria-label="Views">
        {VIEW_TABLE.map(({ name, title }, n) => (
          <button
            key={name}
            type="button"
            class="tab"
            aria-current={name === view?.name ? "page" : undefined}
            title={`${title} (${n + 1})`}
            onClick={() => chosen.choose({ view: name })}
          >
            {title}
          </button>
        ))}
      </nav>
      <div class="view">{view !== undefined && <Framed view={view} />}</div>
    </main>
  );
}
