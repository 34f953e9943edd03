// Clients of the daemon, good and bad. Each does one thing and is gone again; what it was owed is counted.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { PROGRAMS } from "../../dist/cli/examples/programs.js";
import { connectDaemon } from "../../dist/daemon/remote_client.js";
import { askAlloc, askMemleak, askTas } from "../../dist/source/index.js";
import { KEEP_ALIVE_UUID } from "../../dist/tee/apps/keep_alive.js";
import { LEAKY, LEAKY_UUID } from "../../dist/tee/apps/leaky.js";
import { params, valueIn } from "../../dist/tee/index.js";
import { encodeFrame, LIMITS, MAGIC, NO_PARAMS } from "../../dist/wire/index.js";

const HELLO = encodeFrame({ kind: "hello", tag: 0, magic: MAGIC, version: 1 });
const TEEMEM = new URL("../../dist/cli/teemem.js", import.meta.url).pathname;
const XTEST = new URL("../../dist/cli/xtest.js", import.meta.url).pathname;
/** Milliseconds after which an answer counts as lost. */
const HUNG = 60_000;

/**
 * What an actor works with.
 * @typedef {object} Stage
 * @property {string} path of the daemon's socket
 * @property {() => number} random from 0 to below 1
 * @property {{ asked: number, answered: number, lost: string[], killed: number }} tally
 */

/** All actors by name; `weight` says how often each comes. */
export const ACTORS = {
  example: { weight: 8, play: runExample },
  statistics: { weight: 6, play: askStatistics },
  lists: { weight: 3, play: askLists },
  sessions: { weight: 3, play: manySessions },
  panic: { weight: 4, play: letPanic },
  vanish: { weight: 6, play: vanish },
  cancel: { weight: 3, play: cancel },
  garbage: { weight: 4, play: sendGarbage },
  half: { weight: 3, play: sendHalf },
  flood: { weight: 2, play: flood },
  slow: { weight: 2, play: readNothing },
  killed: { weight: 1, play: killProgram },
  xtest: { weight: 1, play: runXtest },
};

/** Waits for an answer that is owed. */
async function owed(tally, what, answer) {
  tally.asked++;
  const late = new AbortController();
  const hung = delay(HUNG, "hung", { signal: late.signal }).catch(() => "");
  const got = await Promise.race([answer, hung]);
  late.abort();
  if (got === "hung") tally.lost.push(`${what}: no answer within ${HUNG / 1000} s`);
  else tally.answered++;
  return got;
}

/** Connects, works, and closes; a connection that is lost meanwhile is a finding. */
async function withDaemon({ path, tally }, what, work) {
  const connection = await owed(tally, `${what}: connect`, connectDaemon(path));
  if (!connection.ok) return void tally.lost.push(`${what}: ${connection.error.text}`);
  await work(connection.value);
  if (connection.value.lost !== "") tally.lost.push(`${what}: ${connection.value.lost}`);
  await owed(tally, `${what}: end`, connection.value[Symbol.asyncDispose]());
}

function pick({ random }, list) {
  return list[Math.floor(random() * list.length)];
}

async function runExample(stage) {
  const program = pick(stage, PROGRAMS);
  const run = program.prepare(program.name === "acipher" ? ["512", "soak"] : []);
  if (!run.ok) throw new Error(run.error);
  await withDaemon(stage, program.name, async ({ client }) => {
    // That the heap has no room for it, with so many others, is an answer.
    await owed(
      stage.tally,
      program.name,
      run.value(client, () => {}),
    );
  });
}

async function askStatistics(stage) {
  await withDaemon(stage, "statistics", async ({ client, release }) => {
    const alloc = await owed(stage.tally, "alloc", askAlloc(client));
    if (alloc.ok && alloc.value.pools[0]?.name !== "Heap")
      stage.tally.lost.push("statistics: the first pool is not Heap");
    await owed(stage.tally, "ta", askTas(client, release));
    await owed(stage.tally, "memleak", askMemleak(client));
  });
}

async function askLists(stage) {
  await withDaemon(stage, "lists", async ({ inspect }) => {
    await owed(stage.tally, "running", inspect.running());
    await owed(stage.tally, "ended", inspect.ended());
  });
}

async function manySessions(stage) {
  await withDaemon(stage, "sessions", async ({ client }) => {
    const opened = await Promise.all(
      Array.from({ length: 20 }, () => owed(stage.tally, "open", client.open(KEEP_ALIVE_UUID))),
    );
    for (const { session } of opened.slice(0, 10))
      if (session !== 0) await owed(stage.tally, "close", client.close(session));
    // The rest is closed with the connection.
  });
}

async function letPanic(stage) {
  await withDaemon(stage, "panic", async ({ client }) => {
    const { session } = await owed(stage.tally, "open", client.open(LEAKY_UUID));
    if (session === 0) return;
    await owed(stage.tally, "leak", client.invoke(session, LEAKY.LEAK, params(valueIn(100, 3))));
    await owed(stage.tally, "panic", client.invoke(session, LEAKY.PANIC, params(valueIn(7, 0))));
    await owed(stage.tally, "close", client.close(session));
  });
}

/** Goes with calls inside, without a word. */
async function vanish(stage) {
  const socket = await open(stage);
  const requests = Array.from({ length: 30 }, (_, n) =>
    encodeFrame({ kind: "open", tag: n + 1, uuid: pick(stage, [KEEP_ALIVE_UUID, LEAKY_UUID]), params: NO_PARAMS }),
  );
  socket.write(Buffer.concat([HELLO, ...requests]));
  await delay(stage.random() * 20);
  socket.destroy();
}

async function cancel(stage) {
  await withDaemon(stage, "cancel", async ({ client }) => {
    const over = new AbortController();
    const opening = owed(stage.tally, "open", client.open(KEEP_ALIVE_UUID, params(), over.signal));
    over.abort();
    const { session } = await opening;
    if (session !== 0) await owed(stage.tally, "close", client.close(session));
  });
}

async function sendGarbage(stage) {
  const socket = await open(stage);
  const bytes = Buffer.from(Array.from({ length: 200 }, () => Math.floor(stage.random() * 256)));
  socket.write(stage.random() < 0.5 ? bytes : Buffer.concat([HELLO, bytes]));
  await Promise.race([once(socket, "close"), delay(3000)]);
  socket.destroy();
}

/** A frame that is promised and never comes whole. */
async function sendHalf(stage) {
  const socket = await open(stage);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Math.floor(stage.random() * LIMITS.frame));
  socket.write(Buffer.concat([HELLO, length, Buffer.alloc(Math.floor(stage.random() * 1000))]));
  await delay(stage.random() * 500);
  socket.destroy();
}

async function flood(stage) {
  const sockets = await Promise.all(Array.from({ length: 50 }, () => open(stage)));
  await delay(stage.random() * 100);
  for (const socket of sockets) socket.destroy();
}

/** Subscribes to everything and reads nothing for a while. */
async function readNothing(stage) {
  const socket = await open(stage);
  socket.write(Buffer.concat([HELLO, encodeFrame({ kind: "subscribe", tag: 0, events: 7 })]));
  socket.pause();
  await delay(2000 + stage.random() * 5000);
  socket.destroy();
}

/** A program that is killed in the middle of its calls. */
async function killProgram({ path, random, tally }) {
  const child = spawn(process.execPath, [XTEST, "4005"], {
    env: { ...process.env, TEEMEM_SOCKET: path },
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  await delay(300 + random() * 700);
  child.kill("SIGKILL");
  await ended;
  tally.killed++;
}

async function runXtest(stage) {
  const args = pick(stage, [
    [XTEST, "--stats", "--alloc"],
    [TEEMEM, "stats", "--json"],
    [XTEST, "4001"],
  ]);
  const child = spawn(process.execPath, args, { env: { ...process.env, TEEMEM_SOCKET: stage.path }, stdio: "ignore" });
  const [code] = await owed(stage.tally, args.join(" "), once(child, "exit"));
  // 1: the core heap was full, so that a test failed or nothing could be asked.
  if (code !== 0 && code !== 1) stage.tally.lost.push(`${args.join(" ")}: exit code ${code}`);
}

/** A bare socket; what comes is read and dropped. */
async function open({ path }) {
  const socket = createConnection(path);
  socket.on("error", () => {});
  socket.on("data", () => {});
  await Promise.race([once(socket, "connect"), once(socket, "close")]);
  return socket;
}
