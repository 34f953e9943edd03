// Exit codes in a shell, where who reads goes away, has no room, or was never there.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TA = "data/optee-4.0.0/ta-5dbac793-f574-4871-8ad3-04331ec17f24.trace.gz";
const BIG = "data/optee-4.0.0/ta-cb3e5ba0-adf1-11e0-998b-0002a5d5c51b.trace.gz";
const folder = mkdtempSync(join(tmpdir(), "teemem-codes-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const LEAK = "I/TC: buffer: 24 bytes a.c:1\n";
const [once, twice] = [file("once.log", LEAK), file("twice.log", LEAK + LEAK)];
const kept = file("kept.yaml", 'heaps:\n  "ta-*":\n    peak: 100%\n');
const broken = file("broken.yaml", 'heaps:\n  "ta-*":\n    peak: 1\n');
const heap = gunzipSync(readFileSync(join(ROOT, "data/optee-4.0.0/core-heap.bin.gz")));
const sound = file("sound.bin", heap);
const hurt = file("hurt.bin", heap.fill(0x41, 0x10, 0x50));

/** What is run, the exit code alone, and whether its answer goes to standard output. */
const CASES: readonly (readonly [command: string, code: number, to: "out" | "nowhere"])[] = [
  [`teemem check ${kept} ${TA}`, 0, "out"],
  [`teemem check ${broken} ${TA}`, 1, "out"],
  [`teemem check --json --github ${broken} ${TA}`, 1, "out"],
  [`teemem check ${join(folder, "none.yaml")} ${TA}`, 2, "nowhere"],
  [`teemem leaks ${once} ${once}`, 0, "out"],
  [`teemem leaks ${once} ${twice}`, 1, "out"],
  ["teemem leaks -- leaky 2", 1, "out"],
  [`teemem replay ${TA}`, 0, "out"],
  [`teemem replay --pool 1k ${BIG}`, 1, "out"],
  [`teemem report ${TA}`, 0, "out"],
  [`teemem size --no-variants ${TA}`, 0, "out"],
  [`teemem inspect ${sound}`, 0, "out"],
  [`teemem inspect ${hurt}`, 1, "out"],
  ["teemem doctor --error 0xffff000c", 1, "out"],
  [`teemem doctor --log ${once}`, 0, "out"],
  [`teemem export -f csv ${TA}`, 0, "out"],
  [`teemem export -f pprof ${TA}`, 0, "out"],
  ["teemem stats", 0, "out"],
  ["teemem stats --ended -- leaky", 0, "out"],
  ["teemem watch -- leaky 2", 0, "out"],
  ["teemem watch -- run nothing_like_it", 2, "nowhere"],
  ["teemem run hello_world", 0, "out"],
  [`teemem record --force -o ${join(folder, "run.arrows")} -- leaky`, 0, "nowhere"],
  ["teemem demo", 0, "out"],
  ["teemem --help", 0, "out"],
  ["teemem", 2, "nowhere"],
  ["xtest --stats --alloc", 0, "out"],
  ["xtest --stats", 1, "nowhere"],
  ["xtest 4001", 0, "out"],
];

/** Runs a line of bash with both programs on the path; its standard output. */
function bash(script: string): string {
  const programs = ["teemem", "xtest"].map((name) => `${name}() { "${process.execPath}" dist/cli/${name}.js "$@"; }`);
  const env = { ...process.env, TEEMEM_SOCKET: "", GITHUB_ACTIONS: "" };
  const ran = spawnSync("bash", ["-c", `${programs.join("\n")}\n${script}`], { cwd: ROOT, env, encoding: "utf8" });
  return ran.stdout;
}

describe.each(CASES)("%s", (command, code, to) => {
  const quiet = "2>/dev/null";
  test(`ends with ${code}, whoever reads`, () => {
    const said = bash(`
      echo "alone $(${command} >/dev/null ${quiet} </dev/null; echo $?)"
      ${command} 2>&1 </dev/null | true; echo "true \${PIPESTATUS[0]}"
      ${command} ${quiet} </dev/null | head -1 >/dev/null; echo "head \${PIPESTATUS[0]}"
      ${command} >&- 2>&- </dev/null; echo "closed $?"
    `);
    const words = ["alone", "true", "head", "closed"];
    expect(said).toBe(words.map((word) => `${word} ${code}\n`).join(""));
  });

  test.skipIf(!existsSync("/dev/full"))("says that a disk is full, in one line", () => {
    const said = bash(`
      ${command} 2>/dev/full >/dev/null </dev/null; echo "error $?"
      ${command} 2>&1 >/dev/full </dev/null | grep "cannot write"; echo "out \${PIPESTATUS[0]}"
    `);
    const full = to === "out" ? Math.max(1, code) : code;
    const line = `${command.split(" ")[0]}: cannot write standard output: no space left on the device\n`;
    expect(said).toBe(`error ${code}\n${to === "out" ? line : ""}out ${full}\n`);
  });
});

test("a watch that nobody reads ends; a daemon serves on", async () => {
  const socket = join(folder, "tee.sock");
  const programs = `cd ${ROOT}; n() { "${process.execPath}" "$@"; }`;
  // boot's console has no reader from the first line on, and watch's only for its first two.
  const script = `${programs}
    ("${process.execPath}" dist/cli/teemem.js boot --socket ${socket} & echo $! >${folder}/pid; wait $!; echo "boot $?" >&2) | true &
    until n dist/cli/teemem.js stats --on unix:${socket} >/dev/null 2>&1; do sleep 0.1; done
    (n dist/cli/teemem.js watch --on unix:${socket} 2>/dev/null; echo "watch $?" >&2; touch ${folder}/over) | head -2 &
    until [ -e ${folder}/over ]; do TEEMEM_SOCKET=${socket} n dist/cli/teemem.js run hello_world; done
    n dist/cli/teemem.js stats --on unix:${socket} && echo "serves" >&2
    kill $(cat ${folder}/pid); wait`;
  const child = spawn("bash", ["-c", script], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  await new Promise((resolve) => child.once("close", resolve));
  expect(said.match(/^(watch|serves|boot).*$/gm)).toEqual(["watch 0", "serves", "boot 0"]);
}, 60_000);
