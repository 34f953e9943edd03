// Tests of qmp.ts against a fake QEMU.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { connectQmp, type Qmp } from "./qmp.ts";

const GREETING = '{"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}}, "capabilities": ["oob"]}}\r\n';
const folder = mkdtempSync(join(tmpdir(), "teemem-qmp-"));
const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
afterEach(async () => {
  for (const end of ends.splice(1)) await end();
});
let count = 0;

/** A socket on which something answers to lines; what it says first. */
async function fake(first: string, answer: (line: string, socket: Socket) => void): Promise<string> {
  const path = join(folder, `${++count}.sock`);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.write(first);
    let rest = "";
    socket.on("data", (data) => {
      rest += data.toString();
      for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
        answer(rest.slice(0, end), socket);
        rest = rest.slice(end + 1);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  ends.push(() => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return path;
}

const RETURN = JSON.stringify({ return: "info\r\n" });
/** Answers as QEMU does, byte by byte, with an event before. */
function bytewise(line: string, socket: Socket): void {
  const isReady = line.includes("qmp_capabilities");
  const text = isReady ? '{"return": {}}\n' : `{"event": "RESET", "data": {}}\n${RETURN}\n`;
  for (const letter of text) socket.write(letter);
}

async function connected(path: string): Promise<Qmp> {
  const qmp = await connectQmp(path, 300);
  if (!qmp.ok) throw new Error(qmp.error);
  ends.push(qmp.value.close);
  return qmp.value;
}

test("runs commands; events in between are none of the answers", async () => {
  const qmp = await connected(await fake(GREETING, bytewise));
  expect(await qmp.monitor("info ramblock")).toEqual({ ok: true, value: "info\r\n" });
  expect(await qmp.execute("query-name")).toEqual({ ok: true, value: "info\r\n" });
});

test("a refusal is a sentence", async () => {
  const refuse = (line: string, socket: Socket): void => {
    const error = { class: "CommandNotFound", desc: "The command x has not been found" };
    socket.write(line.includes("qmp_capabilities") ? '{"return": {}}\n' : `${JSON.stringify({ error })}\n`);
  };
  const qmp = await connected(await fake(GREETING, refuse));
  expect(await qmp.execute("x")).toEqual({
    ok: false,
    error: "QEMU does not take 'x': The command x has not been found",
  });
});

test("who says nothing is busy with somebody else", async () => {
  const path = await fake("", () => {});
  expect(await connectQmp(path, 100)).toEqual({
    ok: false,
    error: `no greeting on ${path}: it takes one client at a time, and another one is connected: end that one, or use qemu:PID`,
  });
});

test.each([
  ["login: \n", "says something else than JSON"],
  ['{"hello": 1}\n', "does not greet as QEMU does"],
  ["3\n", "says something else than JSON"],
])("what is no QMP socket: %j", async (first, why) => {
  const found = await connectQmp(await fake(first, () => {}), 300);
  expect(found.ok ? "" : found.error).toContain(why);
});

test("an end in the middle of an answer, and silence", async () => {
  const half = (line: string, socket: Socket): void => {
    if (line.includes("qmp_capabilities")) socket.write('{"return": {}}\n');
    else if (line.includes("silent")) return;
    else socket.end('{"retu');
  };
  const qmp = await connected(await fake(GREETING, half));
  expect(await qmp.execute("silent")).toEqual({ ok: false, error: "QEMU did not answer 'silent' within 0.3 s" });
  const other = await connected(await fake(GREETING, half));
  const cut = await other.execute("query-name");
  expect(cut.ok ? "" : cut.error).toMatch(/went away|something else/);
  expect((await other.execute("query-name")).ok).toBe(false);
});

test("no socket, and one that nobody listens on", async () => {
  const none = await connectQmp(join(folder, "none"));
  expect(none.ok ? "" : none.error).toContain("start QEMU with -qmp unix:");
  const file = await connectQmp(folder);
  expect(file.ok).toBe(false);
});
