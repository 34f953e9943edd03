// @ts-check
// node bench/fleet.js [BOARDS] [INTERVAL_MS] [SECONDS]: as many simulated boards (500, every 15,000 ms) on one `teemem serve`, one
// of them hanging; prints its CPU, memory, and the time of a scrape. Needs a build. A board is a shell of this machine whose
// xtest prints what a board printed: the shells take more of this machine than teemem does.
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const [boards = 500, interval = 15_000, seconds = 60] = process.argv.slice(2).map(Number);
const TICKS = 100;
const program = fileURLToPath(new URL("../dist/cli/teemem.js", import.meta.url));
const stats = fileURLToPath(new URL("../test/fixtures/xtest/4.10.0/05-stats-alloc.out", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "teemem-fleet-"));
mkdirSync(join(folder, "bin"));
const xtest = `#!/bin/sh\n[ "$BOARD" = 7 ] && exec sleep 1000\nexec cat '${stats}'\n`;
writeFileSync(join(folder, "bin", "xtest"), xtest);
chmodSync(join(folder, "bin", "xtest"), 0o755);
const names = Array.from({ length: boards }, (_, n) => `lab${n + 1}`);
const yaml = names.map((name, n) => `${name}: { source: "exec:BOARD=${n + 1} PATH=${folder}/bin:$PATH exec sh" }\n`);
writeFileSync(join(folder, "boards.yaml"), yaml.join(""));

const words = ["serve", "--port", "0", "--interval", String(interval), ...names.flatMap((name) => ["--on", name])];
const env = { ...process.env, TEEMEM_BOARDS: join(folder, "boards.yaml") };
const child = spawn(process.execPath, [program, ...words], { env, stdio: ["ignore", "pipe", "inherit"] });
try {
  const link = await address();
  let text = "";
  const began = Date.now();
  while (up(text) < boards - 1 && Date.now() - began < 180_000) {
    await wait(1000);
    text = await fetch(`${link}metrics`).then(
      (response) => response.text(),
      () => text,
    );
  }
  console.log(`${up(text)} of ${boards} answer after ${((Date.now() - began) / 1000).toFixed(0)} s`);
  const before = { ticks: ticks(), answers: answers(text), at: Date.now() };
  const scrapes = [];
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(3000)) {
    const start = performance.now();
    text = await (await fetch(`${link}metrics`)).text();
    scrapes.push(performance.now() - start);
  }
  scrapes.sort((a, b) => a - b);
  const took = (Date.now() - before.at) / 1000;
  const cpu = (100 * (ticks() - before.ticks)) / TICKS / took;
  console.log(
    `${((answers(text) - before.answers) / took).toFixed(1)} answers a second, ${cpu.toFixed(1)} % of a core`,
  );
  console.log(`${(memory() / 1024).toFixed(0)} MiB resident`);
  const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
  const [least = 0, median = 0, most = 0] = [scrapes[0], scrapes[scrapes.length >> 1], scrapes.at(-1)];
  const ms = [least, median, most].map((one) => one.toFixed(0)).join(" / ");
  console.log(`scrape of ${series} series, ${(text.length / 1e6).toFixed(1)} MB: ${ms} ms (least / median / most)`);
} finally {
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
}

/** The link that it prints. */
async function address() {
  for await (const part of child.stdout) {
    const found = /http:\S+/.exec(String(part));
    if (found !== null) return found[0];
  }
  throw new Error("it did not start");
}

/** @param {string} text */
function up(text) {
  return text.split("\n").filter((line) => /^teemem_source_up\{.*\} 1$/.test(line)).length;
}

/** @param {string} text */
function answers(text) {
  const numbers = text.split("\n").flatMap((line) => /^teemem_source_answers_total\{.*\} (\d+)$/.exec(line)?.[1] ?? []);
  return numbers.reduce((sum, number) => sum + Number(number), 0);
}

/** Processor time of teemem alone, its boards are other processes. */
function ticks() {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

/** KiB. */
function memory() {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0);
}
