// Begins the page in the browser.
import { render } from "preact";
import { serverActions } from "./data/actions.ts";
import { createWorkerClient } from "./data/client.ts";
import { createFiles } from "./data/files.ts";
import { createFleet } from "./data/fleet.ts";
import { embeddedFiles } from "./data/new_files.ts";
import { readPageData } from "./data/page_data.ts";
import { followServer } from "./data/served.ts";
import { visibleStream } from "./data/visible_stream.ts";
import { Page } from "./shell/page.tsx";
import { type App, AppProvider } from "./state/app.ts";
import { createChoiceStore } from "./state/chosen.ts";
import { createSettings, pageStorage } from "./state/settings.ts";
import "./style/page.css";
import PageWorker from "./worker/worker.ts?worker&inline";

const data = readPageData(document);
const client = createWorkerClient(new PageWorker());
const files = createFiles(client);
const events = () => new EventSource(new URL("api/live", document.baseURI));
const live = data.mode === "serve" ? visibleStream(events, document) : null;
const app: App = {
  mode: data.mode,
  chosen: createChoiceStore(window),
  client,
  files,
  fleet: createFleet(live, requestAnimationFrame),
  actions: data.mode === "serve" ? serverActions(document.baseURI) : null,
  settings: createSettings(document.documentElement, pageStorage(window)),
};
if (data.mode === "report") files.add(embeddedFiles(data.recordings));
else followServer(files, document.baseURI);
const place = document.getElementById("page");
if (place !== null)
  render(
    <AppProvider value={app}>
      <Page />
    </AppProvider>,
    place,
  );
