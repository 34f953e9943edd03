// What a page may ask a watched system to do: few things, each with a small body.
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { LiveSystems } from "./feed.ts";

const MOST_BODY = 4096;

type Body = Readonly<Record<string, unknown>>;

/** Serves them. */
export function actionRoutes(app: Hono, live: LiveSystems): void {
  const small = bodyLimit({ maxSize: MOST_BODY, onError: (c) => c.text("That is too long.\n", 413) });

  app.get("/api/blocks", async (c) => {
    const found = await live.liveBlocks(c.req.query("system") ?? "", c.req.query("heap") ?? "");
    return found.ok ? c.json(found.value) : refused(c, found.error);
  });
  app.post("/api/reset", small, async (c) => {
    const body = await bodyOf(c);
    if (body === null || typeof body.system !== "string") return refused(c, "JSON with the name of a system is needed");
    const done = await live.resetMaxima(body.system);
    return done.ok ? c.body(null, 204) : refused(c, done.error);
  });
  app.post("/api/silence", small, async (c) => {
    const body = await bodyOf(c);
    const { system, rule, heap, until } = body ?? {};
    if (typeof system !== "string" || typeof rule !== "string" || typeof heap !== "string" || !isMoment(until))
      return refused(c, "JSON with system, rule, heap and until is needed");
    live.silence(system, rule, heap, until);
    return c.body(null, 204);
  });
}

/** Milliseconds on the clock, or the end of a silence. */
function isMoment(value: unknown): value is number | null {
  return value === null || (typeof value === "number" && Number.isFinite(value));
}

/** The object that a request sends as JSON; null where it sends none. */
async function bodyOf(c: Context): Promise<Body | null> {
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) return null;
  const value: unknown = await c.req.json().catch(() => null);
  return typeof value === "object" && value !== null ? (value as Body) : null;
}

function refused(c: Context, text: string): Response {
  return c.text(`${text}\n`, 400);
}
