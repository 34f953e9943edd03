// Where OTLP metrics are pushed to: the option, else the environment variables of the OpenTelemetry specification.
import { err, ok, type Result } from "../../base/result.ts";

/** A receiver of OTLP over HTTP. */
export interface OtlpTarget {
  /** The whole address, `…/v1/metrics`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly gzip: boolean;
  /** Milliseconds from push to push, 1,000 at least. */
  readonly period: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const PATH = "v1/metrics";
const USUAL_PERIOD = 60_000;

/**
 * The target that an address names, or the environment; null for none. To an address without a path `/v1/metrics` is added,
 * as the specification does with OTEL_EXPORTER_OTLP_ENDPOINT.
 */
export function otlpTarget(address: string | undefined, env: Environment): Result<OtlpTarget | null> {
  const general = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const own = env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT;
  const text = address ?? (own || general);
  if (text === undefined || text === "") return ok(null);
  const from =
    address !== undefined ? "--otlp" : own ? "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT" : "OTEL_EXPORTER_OTLP_ENDPOINT";
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    return err(`${from}: '${text}' is no address of a receiver; one looks like http://127.0.0.1:4318`);
  if (url.username !== "" || url.password !== "")
    return err(`${from}: a password does not belong into the address; set OTEL_EXPORTER_OTLP_HEADERS`);
  if (address === undefined && !own) url.pathname = `${url.pathname.replace(/\/$/, "")}/${PATH}`;
  else if (url.pathname === "/") url.pathname = `/${PATH}`;
  const headers = headersOf(env.OTEL_EXPORTER_OTLP_METRICS_HEADERS || env.OTEL_EXPORTER_OTLP_HEADERS || "");
  if (headers === null)
    return err("OTEL_EXPORTER_OTLP_HEADERS: not in the form name=value,name=value, with values as in a URL");
  const compression = env.OTEL_EXPORTER_OTLP_METRICS_COMPRESSION || env.OTEL_EXPORTER_OTLP_COMPRESSION;
  const period = Number(env.OTEL_METRIC_EXPORT_INTERVAL || USUAL_PERIOD);
  if (!(period >= 1000)) return err("OTEL_METRIC_EXPORT_INTERVAL: milliseconds, 1000 at least");
  return ok({ url: url.href, headers, gzip: compression === "gzip", period });
}

function headersOf(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const pair of text.split(",").filter((part) => part.trim() !== "")) {
    const [name = "", ...value] = pair.split("=");
    try {
      new Headers([[name.trim(), decodeURIComponent(value.join("=").trim())]]);
      headers[name.trim()] = decodeURIComponent(value.join("=").trim());
    } catch {
      return null;
    }
  }
  return headers;
}
