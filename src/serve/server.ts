// A server on an address: opens it, and closes it whole.
import type { Server } from "node:http";
import { type AddressInfo, isIPv6 } from "node:net";
import { hostname } from "node:os";
import { createAdaptorServer } from "@hono/node-server";
import { codeOf } from "../base/error_code.ts";
import { printable } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import { createApp, type PageContent } from "./app.ts";
import { hostRule } from "./security/hosts.ts";
import { tokenGate } from "./security/token.ts";

/** Where a server listens, and whom it lets in. */
interface Listening {
  /** A name or an address. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Null where whoever reaches it may look. */
  readonly token: string | null;
}

/** A server that runs. */
export interface PageServer extends AsyncDisposable {
  /** The link that opens the page, with the token if there is one. */
  readonly link: string;
}

/** Milliseconds in which a request has to come, and bytes of its head. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5000,
  maxHeaderSize: 16_384,
};
/** An answer that nobody takes is broken off after so many milliseconds. */
const STILL_MS = 60_000;
const MOST_CONNECTIONS = 2048;

/** Opens it. The error says what to do. */
export async function openServer(
  content: PageContent,
  { host, port, token }: Listening,
  failed: (error: unknown) => void,
): Promise<Result<PageServer>> {
  let made: ReturnType<typeof createApp> | undefined;
  const server = createAdaptorServer({
    fetch: (request, env) => made?.app.fetch(request, env) ?? new Response(null, { status: 503 }),
    serverOptions: LIMITS,
    overrideGlobalObjects: false,
  }) as Server;
  server.maxConnections = MOST_CONNECTIONS;
  server.timeout = STILL_MS;
  const listened = await listen(server, host, port);
  if (!listened.ok) return listened;
  const { address, port: own } = listened.value;
  // Ports of a host share their cookies.
  const gate = token === null ? null : tokenGate(token, `teemem_${own}`);
  made = createApp(content, { host: hostRule(host, [hostname()]), gate }, failed);
  const { end } = made;
  const place = address === "0.0.0.0" || address === "::" ? hostname() : isIPv6(host) ? `[${host}]` : host;
  return ok({
    link: `http://${place}:${own}/${token === null ? "" : `?token=${encodeURIComponent(token)}`}`,
    async [Symbol.asyncDispose]() {
      end();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  });
}

function listen(server: Server, host: string, port: number): Promise<Result<AddressInfo>> {
  return new Promise((resolve) => {
    server.once("error", (error) => resolve(err(whyNot(error, host, port))));
    server.listen(port, host, () => resolve(ok(server.address() as AddressInfo)));
  });
}

const REASONS: Readonly<Record<string, (host: string, port: number) => string>> = {
  EADDRINUSE: (_, port) => `port ${port} is in use: choose another with --port, or leave it out for one that is free`,
  EACCES: (_, port) => `port ${port} is not yours to take: choose one from 1024 on with --port`,
  EADDRNOTAVAIL: (host) => `${host} is no address of this machine: give one with --host, or 0.0.0.0 for all`,
  ENOTFOUND: (host) => `${host} is not known: give an address of this machine with --host`,
  EAI_AGAIN: (host) => `${host} cannot be looked up now: give an address of this machine with --host`,
};

function whyNot(error: Error, host: string, port: number): string {
  const reason = REASONS[codeOf(error)];
  return reason === undefined ? `cannot listen on ${printable(host)}: ${error.message}` : reason(printable(host), port);
}
