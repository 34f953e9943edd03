// The states of the watched systems, once and as a stream of events.
import type { ServerResponse } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Hono } from "hono";
import { SAFE_HEADERS } from "../security/headers.ts";
import { createFeed, type LiveSystems } from "./feed.ts";
import { createStreamReader, type Reader } from "./reader.ts";

/** Streams at once. */
const MOST_STREAMS = 1500;
const BEAT_MS = 15_000;
const BEAT = Buffer.from(": still here\n\n");

/** Serves them. The returned function ends every stream. */
export function liveRoutes(app: Hono, live: LiveSystems): () => void {
  const readers = new Set<Reader>();
  const answers = new Set<ServerResponse>();
  const feed = createFeed(
    live,
    () => readers.size > 0,
    (batch) => {
      for (const reader of readers) reader.send(batch);
    },
  );
  const beat = setInterval(() => {
    for (const reader of readers) if (reader.check()) reader.send(BEAT);
  }, BEAT_MS);

  app.get("/api/state", (c) => {
    c.header("Content-Type", "application/json");
    return c.body(feed.state());
  });
  app.get("/api/live", (c) => {
    if (readers.size >= MOST_STREAMS) {
      c.header("Retry-After", "10");
      return c.text("Too many streams are open.\n", 503);
    }
    if (c.req.method === "HEAD") return c.body(null);
    open((c.env as HttpBindings).outgoing);
    return RESPONSE_ALREADY_SENT;
  });

  function open(answer: ServerResponse): void {
    answer.writeHead(200, {
      ...SAFE_HEADERS,
      "Content-Type": "text/event-stream; charset=utf-8",
      "X-Accel-Buffering": "no",
    });
    const reader: Reader = createStreamReader(
      answer,
      () => reader.begin(feed.beginning()),
      () => {
        readers.delete(reader);
        answers.delete(answer);
      },
    );
    // What came before is in the beginning; it is not sent to this one again.
    const beginning = feed.beginning();
    readers.add(reader);
    answers.add(answer);
    reader.begin(beginning);
  }

  return () => {
    clearInterval(beat);
    feed.close();
    for (const answer of answers) answer.end();
  };
}
