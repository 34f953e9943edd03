// Everything that the parts of the page share, handed down by one context.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { SystemActions } from "../data/actions.ts";
import type { WorkerClient } from "../data/client.ts";
import type { Files } from "../data/files.ts";
import type { LiveFleet } from "../data/fleet.ts";
import type { ChoiceStore } from "./chosen.ts";
import type { Settings } from "./settings.ts";

export interface App {
  readonly mode: "serve" | "report";
  readonly chosen: ChoiceStore;
  readonly client: WorkerClient;
  readonly files: Files;
  readonly fleet: LiveFleet;
  /** Null in a report, which has no server. */
  readonly actions: SystemActions | null;
  readonly settings: Settings;
}

const Context = createContext<App | null>(null);

export const AppProvider = Context.Provider;

export function useApp(): App {
  const app = useContext(Context);
  if (app === null) throw new Error("a part of the page is drawn outside of it");
  return app;
}
