// A server of the built page for tests: live systems that tests change, and files by ranges, under the same policy as `serve`.
import { existsSync, readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { FleetChange } from "../../../src/live/state/change.ts";
import type { SystemState } from "../../../src/live/state/state.ts";

const page = fileURLToPath(new URL("../../../dist/view/web/", import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:";

export interface PageServer extends AsyncDisposable {
  readonly address: string;
  /** Everything that was asked for and not there. */
  readonly missing: string[];
  /** What pages asked to be done: path and body. */
  readonly done: string[];
  /** Sends a change to all pages. */
  change(change: FleetChange): void;
  /** Ends all streams; pages connect again and are told the states that are given. */
  dropStreams(states: readonly SystemState[]): void;
}

/** Files by id; all of them have ranges. */
export async function servePage(
  first: readonly SystemState[],
  files: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<PageServer> {
  let states = first;
  const streams = new Set<ServerResponse>();
  const missing: string[] = [];
  const done: string[] = [];
  const send = (to: ServerResponse, event: string, data: unknown): void => {
    to.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").replace(/\?.*/, "");
    if (path === "/api/live") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("retry: 100\n\n");
      send(response, "state", states);
      streams.add(response);
      request.on("close", () => streams.delete(response));
      return;
    }
    if (path === "/api/blocks") {
      const sites = [{ site: "core/mm/mobj.c:387", blocks: 9, bytes: 720 }];
      return void response.end(JSON.stringify({ bytes: "taken", sites }));
    }
    if (request.method === "POST") {
      let body = "";
      request.on("data", (part) => (body += part));
      request.on("end", () => {
        done.push(`${path} ${body}`);
        response.writeHead(path === "/api/reset" ? 400 : 204).end(path === "/api/reset" ? "it cannot\n" : "");
      });
      return;
    }
    if (path === "/api/files") {
      const list = [...files].map(([name, { length }]) => ({ id: name, name, size: length, growing: false }));
      return void response.setHeader("content-type", "application/json").end(JSON.stringify(list));
    }
    const file = files.get(decodeURIComponent(/^\/api\/files\/([^/]+)\/bytes$/.exec(path)?.[1] ?? ""));
    if (file !== undefined) return sendRange(response, file, request.headers.range);
    const asset = path === "/" ? "index.html" : path.slice(1);
    if (!/^[\w./-]+$/.test(asset) || asset.includes("..") || !existsSync(page + asset)) {
      if (!path.endsWith("/index")) missing.push(path);
      return void response.writeHead(404).end();
    }
    response.setHeader("content-type", TYPES[extname(asset)] ?? "application/octet-stream");
    response.setHeader("content-security-policy", POLICY).end(readFileSync(page + asset));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    missing,
    done,
    change(change) {
      for (const stream of streams) send(stream, "change", change);
    },
    dropStreams(next) {
      states = next;
      for (const stream of streams) stream.end();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendRange(response: ServerResponse, file: Uint8Array, range: string | undefined): void {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
  if (from === undefined || to === undefined) return void response.end(file);
  response.writeHead(206, { "content-range": `bytes ${from}-${to}/${file.length}` });
  response.end(file.subarray(Number(from), Number(to) + 1));
}
