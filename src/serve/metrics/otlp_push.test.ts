// Tests of otlp_push.ts and otlp_target.ts, against a receiver in this process.
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { systemState } from "../../../test/support/system_states.ts";
import { pushMetrics } from "./otlp_push.ts";
import { type OtlpTarget, otlpTarget } from "./otlp_target.ts";

interface Got {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly resourceMetrics: readonly unknown[] };
}
type Reply = (count: number) => {
  readonly status: number;
  readonly text?: string;
  readonly headers?: Record<string, string>;
};

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => void close()));

async function receiver(reply: Reply) {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const whole = Buffer.concat(parts);
    const text = request.headers["content-encoding"] === "gzip" ? gunzipSync(whole) : whole;
    got.push({ path: request.url ?? "", headers: request.headers, body: JSON.parse(text.toString()) });
    const { status, text: answer = "{}", headers = {} } = reply(got.length);
    response.writeHead(status, headers).end(answer);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`, got };
}

/** Pushes until the sentences or the pushes are as many as wanted. */
async function push(
  target: Partial<OtlpTarget> & { url: string },
  systems: number,
  until: (said: string[]) => boolean,
) {
  const stop = new AbortController();
  const said: string[] = [];
  const all = Array.from({ length: systems }, (_, n) => systemState({ name: `board ${n}` }));
  const pushing = pushMetrics({
    target: { headers: {}, gzip: false, period: 20, ...target },
    systems: () => all,
    version: "1",
    now: () => 1_790_000_000_000,
    say: (sentence) => said.push(sentence),
    signal: stop.signal,
  });
  for (let looks = 0; !until(said) && looks < 800; looks++) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await pushing;
  return said;
}

describe("pushes", () => {
  it("sends JSON again and again, fifty systems at a time, with headers and gzip as asked for", async () => {
    const { url, got } = await receiver(() => ({ status: 200 }));
    const said = await push({ url, gzip: true, headers: { authorization: "Bearer x" } }, 120, () => got.length >= 6);
    expect(said).toEqual([]);
    expect(got.slice(0, 3).map(({ body }) => body.resourceMetrics.length)).toEqual([50, 50, 20]);
    expect(got[0]).toMatchObject({
      path: "/v1/metrics",
      headers: { "content-type": "application/json", authorization: "Bearer x", "content-encoding": "gzip" },
    });
  });

  it("tries again where the receiver asks for that, and drops what it refuses; both sentences come once", async () => {
    const { url, got } = await receiver((n) => ({ status: n <= 3 ? 400 : n === 4 ? 503 : 200 }));
    const said = await push({ url }, 1, (sentences) => sentences.length >= 2 && got.length >= 6);
    expect(said).toEqual([`metrics: ${url} answers 400 Bad Request`, `${url} takes metrics again`]);
  });

  it("says what a receiver left out, and that none is there", async () => {
    const partial = { partialSuccess: { rejectedDataPoints: "7", errorMessage: "too old" } };
    const { url } = await receiver(() => ({ status: 200, text: JSON.stringify(partial) }));
    expect(await push({ url }, 1, (said) => said.length > 0)).toEqual([`metrics: ${url} rejected 7 points: too old`]);
  });
});

describe("the target", () => {
  it("is the option, else the environment, with the path that the specification adds", () => {
    const url = (address: string | undefined, env = {}) => {
      const target = otlpTarget(address, env);
      return target.ok ? (target.value?.url ?? null) : target.error;
    };
    expect(url(undefined)).toBe(null);
    expect(url("http://h:4318")).toBe("http://h:4318/v1/metrics");
    expect(url("http://h:4318/opentelemetry/v1/metrics")).toBe("http://h:4318/opentelemetry/v1/metrics");
    expect(url(undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: "https://h/base/" })).toBe("https://h/base/v1/metrics");
    expect(url(undefined, { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "https://h/m" })).toBe("https://h/m");
    expect(url("localhost:4318")).toBe(
      "--otlp: 'localhost:4318' is no address of a receiver; one looks like http://127.0.0.1:4318",
    );
    expect(url("http://u:p@h")).toContain("OTEL_EXPORTER_OTLP_HEADERS");
  });

  it("reads headers, compression and interval, and says which variable is wrong", () => {
    const env = { OTEL_EXPORTER_OTLP_HEADERS: "a=1,b=x%20y", OTEL_EXPORTER_OTLP_COMPRESSION: "gzip" };
    expect(otlpTarget("http://h", env)).toMatchObject({
      value: { headers: { a: "1", b: "x y" }, gzip: true, period: 60_000 },
    });
    expect(otlpTarget("http://h", { OTEL_EXPORTER_OTLP_HEADERS: "a b=1" })).toMatchObject({ ok: false });
    expect(otlpTarget("http://h", { OTEL_METRIC_EXPORT_INTERVAL: "5" })).toMatchObject({
      error: "OTEL_METRIC_EXPORT_INTERVAL: milliseconds, 1000 at least",
    });
  });
});
