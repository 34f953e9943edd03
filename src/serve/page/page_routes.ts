// The page and its files.
import type { Hono } from "hono";
import { FOREVER } from "../security/headers.ts";
import type { PageBundle } from "./bundle.ts";

/** Serves the page at `/`, and what it asks for. */
export function pageRoutes(app: Hono, { html, files }: PageBundle): void {
  app.get("/", (c) => c.html(html));
  app.get("/assets/:name", (c) => {
    const file = files.get(`assets/${c.req.param("name")}`);
    if (file === undefined) return c.text("There is no such file.\n", 404);
    c.header("Cache-Control", FOREVER);
    c.header("ETag", file.tag);
    if (c.req.header("if-none-match") === file.tag) return c.body(null, 304);
    c.header("Content-Type", file.type);
    return c.body(file.bytes);
  });
}
