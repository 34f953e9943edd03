// Tests of the server from outside: what strangers may not do, and what the page gets.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { TEST_PAGE, testServer, testSystems } from "../../test/support/page_server.ts";
import { exchange, request, silentReader } from "../../test/support/raw_http.ts";
import type { ServedRecording } from "./files/served_file.ts";
import { openServer } from "./server.ts";

const TOKEN = "a-token-of-the-lab";
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function open(...given: Parameters<typeof testServer>) {
  const server = await testServer(...given);
  ends.push(() => server[Symbol.asyncDispose]());
  return server;
}

/** A file with the bytes 0, 1, 2 … */
function served(size: number, growing = false): ServedRecording {
  const folder = mkdtempSync(join(tmpdir(), "teemem-test-"));
  ends.push(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "a.arrows");
  writeFileSync(
    path,
    Uint8Array.from({ length: size }, (_, n) => n),
  );
  return { id: "1", name: "a<b>.arrows", path, growing: () => growing, index: async () => null };
}

const status = (answer: string): number => Number(answer.split(" ")[1]);

describe("a stranger", () => {
  test("who calls it by another name gets nothing", async () => {
    const { port } = await open();
    for (const host of ["evil.example", `evil.example:${port}`, "", "127.0.0.1.evil.example", "localhost@evil.example"])
      expect(
        status(await exchange(port, `GET /api/state HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)),
        host,
      ).toBeGreaterThanOrEqual(400);
    const whole = `GET http://evil.example/api/state HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
    expect(status(await exchange(port, whole))).toBe(421);
    const rebound = await exchange(port, `GET / HTTP/1.1\r\nHost: evil.example:${port}\r\nConnection: close\r\n\r\n`);
    expect(status(rebound)).toBe(421);
    expect(rebound).not.toContain("teemem");
  });

  test.each(["/", "/api/state", "/api/live", "/api/files", "/assets/a-1.js", "/api/blocks", "/nothing"])(
    "without the token gets nothing at %s",
    async (path) => {
      const { base } = await open({ token: TOKEN });
      for (const headers of [{}, { authorization: `Bearer ${TOKEN}x` }, { cookie: "teemem_1=1" }])
        expect((await fetch(`${base}${path}`, { headers })).status).toBe(401);
      expect((await fetch(`${base}${path}?token=no`)).status).toBe(401);
    },
  );

  test("from another page may neither read nor change", async () => {
    const live = testSystems();
    const { base, port } = await open({ live });
    const evil = "Origin: http://evil.example";
    const body = ["Content-Type: application/json", "Content-Length: 16", "", '{"system":"sim"}'].join("\r\n");
    expect(status(await exchange(port, request(port, "GET /api/live", evil)))).toBe(403);
    expect(status(await exchange(port, `${request(port, "POST /api/reset", evil).trimEnd()}\r\n${body}`))).toBe(403);
    expect(status(await exchange(port, `${request(port, "POST /api/reset").trimEnd()}\r\n${body}`))).toBe(403);
    expect(
      status(
        await exchange(port, request(port, "GET /api/state", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")),
      ),
    ).toBe(403);
    expect(live.done).toEqual([]);
    const answer = await fetch(`${base}/api/state`);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("whoever has the token", () => {
  test("opens the link, and from then on has a cookie", async () => {
    const { base, link } = await open({ token: TOKEN });
    const first = await fetch(link, { redirect: "manual" });
    expect(first.status).toBe(303);
    expect(first.headers.get("location")).toBe("./");
    const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await fetch(`${base}/`, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(`${base}/api/state`, { headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(200);
  });
});

describe("every answer", () => {
  test.each(["/", "/api/state", "/assets/a-1.js", "/nothing", "/?token=1"])(
    "%s says what a browser may do",
    async (path) => {
      const { base } = await open();
      const { headers } = await fetch(`${base}${path}`);
      expect(headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/,
      );
      expect(headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'/);
      expect(headers.get("content-security-policy")).not.toMatch(/unsafe-inline|\*|https?:/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cache-control")).toBe(
        path.startsWith("/assets") ? "private, max-age=31536000, immutable" : "no-store",
      );
    },
  );

  test("is one even to what is no request", async () => {
    const { port, base, failures } = await open();
    for (const line of ["DELETE /", "PUT /api/reset", "OPTIONS /api/state", "PROPFIND /"])
      expect(status(await exchange(port, request(port, line, `Origin: ${base}`))), line).toBe(405);
    for (const text of [
      "hello\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "\u0016\u0003\u0001\u0002\r\n\r\n",
      `GET /${"a".repeat(20_000)} HTTP/1.1\r\n\r\n`,
    ])
      expect(status(await exchange(port, text))).toBeGreaterThanOrEqual(400);
    for (const path of [
      "/../package.json",
      "/assets/../../package.json",
      "/assets/..%2f..%2fpackage.json",
      "/api/files/..%2f1/bytes",
      "/%",
      "/assets/%00",
      "//evil.example/",
    ])
      expect(status(await exchange(port, request(port, `GET ${path}`))), path).toBeGreaterThanOrEqual(400);
    expect((await fetch(`${base}/`)).status).toBe(200);
    expect(failures).toEqual([]);
  });
});

describe("the page", () => {
  test("comes with its files", async () => {
    const { base } = await open();
    expect(await (await fetch(`${base}/`)).text()).toBe(TEST_PAGE.html);
    const script = await fetch(`${base}/assets/a-1.js`);
    expect([script.headers.get("content-type"), await script.text()]).toEqual([
      "text/javascript; charset=utf-8",
      "export {};",
    ]);
    const again = await fetch(`${base}/assets/a-1.js`, { headers: { "if-none-match": '"1"' } });
    expect(again.status).toBe(304);
  });

  test("may do few things, with small bodies", async () => {
    const live = testSystems();
    const { base } = await open({ live });
    const post = (path: string, body: string, type = "application/json"): Promise<Response> =>
      fetch(`${base}${path}`, { method: "POST", body, headers: { origin: base, "content-type": type } });
    expect((await post("/api/reset", '{"system":"sim"}')).status).toBe(204);
    expect((await post("/api/silence", '{"system":"sim","rule":"r","heap":"","until":5}')).status).toBe(204);
    expect(live.done).toEqual([
      ["reset", "sim"],
      ["silence", "sim", "r", "", 5],
    ]);
    for (const bad of ["", "{", "[]", "null", "1", '{"system":1}', '{"system":"other"}'])
      expect((await post("/api/reset", bad)).status, bad).toBe(400);
    expect((await post("/api/reset", '{"system":"sim"}', "text/plain")).status).toBe(400);
    expect((await post("/api/silence", '{"system":"sim","rule":"r","heap":"","until":"x"}')).status).toBe(400);
    expect((await post("/api/reset", JSON.stringify({ system: "x".repeat(5000) }))).status).toBe(413);
    expect(live.done).toHaveLength(2);
    expect(await (await fetch(`${base}/api/blocks?system=sim&heap=pool:Heap`)).json()).toEqual({
      sites: [{ site: "sim pool:Heap", blocks: 1, bytes: 2 }],
    });
  });
});

describe("a recording", () => {
  test("is listed, without its path", async () => {
    const { base } = await open({ files: [served(300, true)] });
    expect(await (await fetch(`${base}/api/files`)).json()).toEqual([
      { id: "1", name: "a<b>.arrows", size: 300, growing: true },
    ]);
  });

  test.each([
    [undefined, 200, null, 300, 0],
    ["bytes=10-19", 206, "bytes 10-19/300", 10, 10],
    ["bytes=-5", 206, "bytes 295-299/300", 5, 39],
    ["bytes=299-400", 206, "bytes 299-299/300", 1, 43],
    ["bytes=1-2,4-5", 200, null, 300, 0],
  ])("is read by range: %s", async (range, code, content, length, first) => {
    const { base } = await open({ files: [served(300)] });
    const headers: HeadersInit = range === undefined ? {} : { range };
    for (const method of ["GET", "HEAD"]) {
      const answer = await fetch(`${base}/api/files/1/bytes`, { headers, method });
      expect([answer.status, answer.headers.get("content-range")]).toEqual([code, content]);
      expect(answer.headers.get("content-length")).toBe(String(length));
      const bytes = new Uint8Array(await answer.arrayBuffer());
      expect(bytes).toHaveLength(method === "GET" ? length : 0);
      if (method === "GET") expect(bytes[0]).toBe(first);
    }
  });

  test("that ends before a range says how long it is", async () => {
    const { base } = await open({ files: [served(300)] });
    const answer = await fetch(`${base}/api/files/1/bytes`, { headers: { range: "bytes=300-" } });
    expect([answer.status, answer.headers.get("content-range")]).toEqual([416, "bytes */300"]);
  });

  test("that has changed is sent whole to who has a part of the old one; one that grew is not", async () => {
    const [fixed, grows] = [served(300), { ...served(300, true), id: "2" }];
    const { base } = await open({ files: [fixed, grows] });
    for (const [file, code] of [
      [fixed, 200],
      [grows, 206],
    ] as const) {
      const address = `${base}/api/files/${file.id}/bytes`;
      const tag = (await fetch(address, { method: "HEAD" })).headers.get("etag") ?? "";
      const part = { headers: { range: "bytes=0-9", "if-range": tag } };
      expect((await fetch(address, part)).status).toBe(206);
      truncateSync(file.path, 400);
      expect((await fetch(address, part)).status).toBe(code);
    }
  });

  test("that is empty, gone or unknown", async () => {
    const [empty, gone] = [served(0), { ...served(9), id: "2" }];
    const { base, failures } = await open({ files: [empty, gone] });
    rmSync(gone.path);
    expect(await (await fetch(`${base}/api/files/1/bytes`)).arrayBuffer()).toHaveProperty("byteLength", 0);
    expect((await fetch(`${base}/api/files/2/bytes`)).status).toBe(410);
    expect((await fetch(`${base}/api/files/3/bytes`)).status).toBe(404);
    expect((await fetch(`${base}/api/files/1/index`)).status).toBe(404);
    expect(await (await fetch(`${base}/api/files`)).json()).toMatchObject([{ size: 0 }, { size: 0 }]);
    expect(failures).toEqual([]);
  });

  test("is closed when its reader leaves, or reads nothing", async () => {
    const file = served(0);
    truncateSync(file.path, 2 ** 30);
    const { port, base } = await open({ files: [file] });
    // As many as may read at once; each leaves.
    for (let n = 0; n < 300; n++) (await silentReader(port, request(port, "GET /api/files/1/bytes"))).destroy();
    for (let n = 0; ; n++) {
      const answer = await fetch(`${base}/api/files/1/bytes`, { headers: { range: "bytes=1073741814-" } });
      if (answer.status === 206) break;
      expect(n).toBeLessThan(100);
      await setTimeout(50);
    }
    const still = [];
    for (let n = 0; n < 256; n++) still.push(await silentReader(port, request(port, "GET /api/files/1/bytes")));
    await setTimeout(200);
    const busy = await fetch(`${base}/api/files/1/bytes`);
    expect([busy.status, busy.headers.get("retry-after")]).toEqual([503, "1"]);
    for (const one of still) one.destroy();
  });
});

describe("the stream", () => {
  test("begins with the state, goes on with changes, and ends with the server", async () => {
    const live = testSystems([{ name: "<b>" }]);
    const server = await testServer({ live });
    const answer = await fetch(`${server.base}/api/live`);
    expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const reader = answer.body?.getReader();
    let text = "";
    const until = async (end: string): Promise<void> => {
      while (!text.includes(end)) {
        const part = await reader?.read();
        if (part?.done !== false) throw new Error(text);
        text += Buffer.from(part.value).toString();
      }
    };
    await until("\n\n");
    live.change({ kind: "x" });
    await until("change");
    await until("}\n\n");
    expect(text).toBe(
      'retry: 2000\nid: 0\nevent: state\ndata: [{"name":"<b>"}]\n\nid: 1\nevent: change\ndata: {"kind":"x"}\n\n',
    );
    await server[Symbol.asyncDispose]();
    expect((await reader?.read())?.done).toBe(true);
    expect(live.listeners).toBe(0);
  });

  test("of a thousand readers, some of whom read nothing, is bounded in memory", { retry: 0 }, async () => {
    const systems = [{ name: "sim", history: "x".repeat(200_000) }];
    const live = testSystems(systems);
    const { port, base } = await open({ live });
    const line = request(port, "GET /api/live");
    const sockets = await Promise.all(Array.from({ length: 1000 }, () => silentReader(port, line)));
    ends.push(() => sockets.map((one) => one.destroy()));
    // Half of them read.
    let heard = 0;
    for (const socket of sockets.slice(500)) {
      socket.on("data", (part: Buffer) => {
        heard += part.length;
      });
      socket.resume();
    }
    while (heard < 500 * 200_000) await setTimeout(20);
    globalThis.gc?.();
    const before = process.memoryUsage();
    for (let n = 0; n < 40; n++) {
      live.change({ n, text: "y".repeat(50_000) });
      await setTimeout(5);
    }
    while (heard < 500 * 2_200_000) await setTimeout(20);
    const after = process.memoryUsage();
    // Unbounded it would be a gigabyte for those who do not read.
    expect(after.arrayBuffers + after.external - before.arrayBuffers - before.external).toBeLessThan(300e6);
    expect((await fetch(`${base}/api/state`)).status).toBe(200);
  });
});

describe("an address that cannot be had", () => {
  test.each([
    ["127.0.0.1", "is in use"],
    ["192.0.2.1", "is no address of this machine"],
    ["no.such.name.invalid", "give an address of this machine"],
  ])("%s", async (host, sentence) => {
    const { port } = await open();
    const again = await openServer(
      { page: TEST_PAGE, live: testSystems(), files: () => [] },
      { host, port, token: TOKEN },
      () => {},
    );
    expect(again).toMatchObject({ ok: false, error: expect.stringContaining(sentence) });
  });
});
