// /metrics for Prometheus, /debug/pprof/heap for profilers.
import { setTimeout } from "node:timers/promises";
import type { Context, Hono } from "hono";
import { clip } from "../../base/printable.ts";
import type { Fleet } from "../../live/state/fleet.ts";
import { heapProfile } from "./heap_profile.ts";
import { CONTENT_TYPES, formFor, prometheusText } from "./prometheus.ts";

const MOST_SECONDS = 300;

/** Adds the routes to an application that has its guard already. */
export function metricsRoutes(app: Hono, fleet: Fleet, version: string): void {
  app.get("/metrics", async (c) => {
    const form = formFor(c.req.header("accept") ?? "");
    return c.body(await prometheusText(fleet.systems, version, form), 200, { "content-type": CONTENT_TYPES[form] });
  });
  app.get("/debug/pprof/heap", (c) => profile(c, fleet));
}

async function profile(c: Context, fleet: Fleet): Promise<Response> {
  const names = fleet.systems.map(({ name }) => name);
  const wanted = c.req.query("source") ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined)
    return c.text(
      `Say which system: /debug/pprof/heap?source=NAME, one of: ${names.map((name) => encodeURIComponent(name)).join(" ")}\n`,
      400,
    );
  const system = fleet.systems.find(({ name }) => name === wanted);
  if (system === undefined) return c.text(`No system is called '${clip(wanted)}'.\n`, 404);
  const seconds = secondsOf(c.req.query("seconds"));
  if (seconds === undefined) return c.text(`seconds: a number from 1 to ${MOST_SECONDS}\n`, 400);
  const wait = (ms: number): Promise<void> => setTimeout(ms, undefined, { ref: false });
  const made = await heapProfile(fleet, system, seconds === null ? null : { seconds, wait });
  if (!made.ok) return c.text(`${made.error}\n`, 501);
  return c.body(new Uint8Array(made.value), 200, {
    "content-type": "application/octet-stream",
    "content-disposition": 'attachment; filename="heap.pb.gz"',
  });
}

/** How long the stretch of a profile is, as Go's profiles have it; null for all that is known, undefined where it is none. */
function secondsOf(text: string | undefined): number | null | undefined {
  if (text === undefined) return null;
  const seconds = Number(text);
  return /^\d{1,3}$/.test(text) && seconds >= 1 && seconds <= MOST_SECONDS ? seconds : undefined;
}
