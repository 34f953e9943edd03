// Why the overview has nothing to show.
import { Notice } from "../parts/notice.tsx";
import { useApp } from "../state/app.ts";

export function NoSystems() {
  const { fleet } = useApp();
  switch (fleet.connection.value) {
    case "none":
      return (
        <Notice title="This page has no live systems.">
          <p>It is a report. Choose a recording in the column, or drop one here.</p>
        </Notice>
      );
    case "connecting":
      return <Notice title="Asking the server…" />;
    case "lost":
      return (
        <Notice title="The server does not answer.">
          <p>The page asks again by itself. Does teemem serve still run?</p>
        </Notice>
      );
    case "open":
      return (
        <Notice title="No systems are watched.">
          <p>
            Start the server with one: <code>teemem serve --on ssh://root@board</code>. Or choose a recording in the
            column, or drop one here.
          </p>
        </Notice>
      );
  }
}
