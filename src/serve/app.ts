// Puts the routes together behind the guard.
import { Hono } from "hono";
import { fileRoutes } from "./files/file_routes.ts";
import type { ServedRecording } from "./files/served_file.ts";
import { actionRoutes } from "./live/action_routes.ts";
import type { LiveSystems } from "./live/feed.ts";
import { liveRoutes } from "./live/live_routes.ts";
import type { PageBundle } from "./page/bundle.ts";
import { pageRoutes } from "./page/page_routes.ts";
import { type GuardRules, guard } from "./security/guard.ts";

/** What a server shows. */
export interface PageContent {
  readonly page: PageBundle;
  readonly live: LiveSystems;
  /** The recordings of now. */
  readonly files: () => readonly ServedRecording[];
  /** Adds routes of others. */
  readonly more?: (app: Hono) => void;
}

/** The application, and how to end its streams. `failed` takes what should not have happened. */
export function createApp(
  content: PageContent,
  rules: GuardRules,
  failed: (error: unknown) => void,
): { readonly app: Hono; readonly end: () => void } {
  const app = new Hono();
  app.use(guard(rules));
  pageRoutes(app, content.page);
  const end = liveRoutes(app, content.live);
  actionRoutes(app, content.live);
  fileRoutes(app, content.files);
  content.more?.(app);
  app.notFound((c) => c.text("There is nothing here.\n", 404));
  app.onError((error, c) => {
    failed(error);
    return c.text("That failed; the terminal of teemem says more.\n", 500);
  });
  return { app, end };
}
