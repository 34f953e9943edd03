// Lets good and bad clients loose on a daemon: npm run soak -- --minutes 30. docs/testing.md says what it prints.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { connectDaemon } from "../../dist/daemon/remote_client.js";
import { askAlloc } from "../../dist/source/index.js";
import { createRandom } from "../random.js";
import { ACTORS } from "./actors.js";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    clients: { type: "string", default: "6" },
  },
});
const MIB = 2 ** 20;
const MOST_RSS = 250 * MIB;
const STORAGE_KIB = 256;

const folder = mkdtempSync(join(tmpdir(), "teemem-soak-"));
const path = join(folder, "tee.sock");
const storage = join(folder, "objects");
mkdirSync(storage);
// Objects fill it, as secure_storage is killed and left: a full disk is part of what happens.
const full = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${STORAGE_KIB}k`, "tmpfs", storage]).status === 0;
const boot = [
  new URL("../../dist/cli/teemem.js", import.meta.url).pathname,
  "boot",
  "--socket",
  path,
  "--storage",
  storage,
];
const daemon = spawn(process.execPath, boot, { stdio: ["ignore", "pipe", "pipe"] });
let lines = 0;
let says = "";
daemon.stdout.on("data", (text) => {
  lines += String(text).split("\n").length - 1;
});
daemon.stderr.on("data", (text) => {
  says += text;
});
let ended = null;
daemon.once("exit", (code, signal) => {
  ended = { code, signal };
});
process.once("exit", () => {
  daemon.kill("SIGKILL");
  if (full) spawnSync("umount", [storage]);
  rmSync(folder, { recursive: true, force: true });
});
while (!says.includes("listens on") && ended === null) await delay(20);

const seed = Number(values.seed);
const tally = { asked: 0, answered: 0, lost: [], killed: 0 };
const random = createRandom(seed);
const stage = { path, random, tally };
console.log(`seed ${seed}; ${values.clients} clients at once for ${values.minutes} minutes`);
if (!full) console.log("no small disk could be mounted: objects have room here");

// What is made once and kept, such as the contexts of pseudo TAs, is made before the first look.
for (const [name, { play }] of Object.entries(ACTORS)) await play(stage).catch((error) => lost(name, error));
const before = await measure();
const start = Date.now();
const end = start + Number(values.minutes) * 60_000;
const played = Object.fromEntries(Object.keys(ACTORS).map((name) => [name, 0]));
let highest = before.rss;
const watching = setInterval(() => {
  highest = Math.max(highest, rssOf(daemon.pid));
}, 1000);
const telling = setInterval(() => {
  const minute = ((Date.now() - start) / 60_000).toFixed(1);
  console.log(`${minute} min: ${tally.answered} answers, ${tally.lost.length} lost, ${mib(rssOf(daemon.pid))} MiB`);
}, 60_000);
await Promise.all(Array.from({ length: Number(values.clients) }, loop));
clearInterval(watching);
clearInterval(telling);
const after = await measure();
const alive = ended === null;
daemon.kill("SIGTERM");
if (alive) await once(daemon, "exit");
const left = readdirSync(folder).filter((name) => name !== "objects");

const checks = [
  ["core heap, bytes", before.heap, after.heap, before.heap === after.heap],
  ["file descriptors", before.files, after.files, before.files === after.files],
  ["RSS at rest, MiB", mib(before.rss), mib(after.rss), after.rss < MOST_RSS],
  ["highest RSS, MiB", "", mib(highest), true],
  ["requests, answers", tally.asked, tally.answered, tally.asked === tally.answered],
  ["lost or wrong", "", tally.lost.length, tally.lost.length === 0],
  ["programs killed", "", tally.killed, true],
  ["lines of console", "", lines, true],
  ["alive to its end", "", alive ? "yes" : JSON.stringify(ended), alive],
  ["left in its folder", "", left.join(" ") || "nothing", left.length === 0],
];
console.log(
  `\nplayed: ${Object.entries(played)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ")}`,
);
console.log(`${"".padEnd(22)}${"before".padStart(12)}${"after".padStart(12)}`);
for (const [what, one, two, well] of checks)
  console.log(
    `${String(what).padEnd(22)}${String(one).padStart(12)}${String(two).padStart(12)}  ${well ? "" : "WRONG"}`,
  );
for (const text of tally.lost.slice(0, 20)) console.log(`  ${text}`);
if (says.split("\n").length > 2) console.log(`the daemon said: ${says}`);
process.exitCode = checks.every(([, , , well]) => well) ? 0 : 1;

/** One client after another, until the time is over. */
async function loop() {
  while (Date.now() < end && ended === null) {
    const name = choose();
    played[name]++;
    await ACTORS[name].play(stage).catch((error) => lost(name, error));
    // A request loop with a breath: the machine has other work.
    await delay(random() * 10);
  }
}

function choose() {
  const names = Object.keys(ACTORS);
  let rest = random() * names.reduce((sum, name) => sum + ACTORS[name].weight, 0);
  for (const name of names) {
    rest -= ACTORS[name].weight;
    if (rest < 0) return name;
  }
  return names[0];
}

function lost(name, error) {
  tally.lost.push(`${name}: ${error instanceof Error ? error.stack : error}`);
}

/** The daemon at rest: nobody but this question is there. */
async function measure() {
  // Calls of those that have gone may still be inside; then nothing changes for two seconds.
  for (let tries = 0, same = 0, last = -1; tries < 300 && same < 10; tries++) {
    const files = filesOf(daemon.pid);
    same = files === last ? same + 1 : 0;
    last = files;
    await delay(200);
  }
  const connection = await connectDaemon(path);
  if (!connection.ok) return { heap: -1, files: -1, rss: -1 };
  const alloc = await askAlloc(connection.value.client);
  await connection.value[Symbol.asyncDispose]();
  await delay(500);
  return {
    heap: alloc.ok ? (alloc.value.pools[0]?.allocated ?? -1) : -1,
    files: filesOf(daemon.pid),
    rss: rssOf(daemon.pid),
  };
}

function filesOf(pid) {
  return existsSync(`/proc/${pid}/fd`) ? readdirSync(`/proc/${pid}/fd`).length : -1;
}

function rssOf(pid) {
  if (!existsSync(`/proc/${pid}/status`)) return -1;
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kib ?? 0) * 1024;
}

function mib(bytes) {
  return (bytes / MIB).toFixed(1);
}
