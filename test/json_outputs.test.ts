// What commands print with --json fits the schemas in docs/schemas: on good inputs, on bad ones, and where there is little to tell.
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Io } from "../src/cli/outputs/outcome.ts";
import { buildProgram } from "../src/cli/program.ts";
import { DESCRIBED } from "../src/cli/schemas/described.ts";
import { LEAKY_UUID } from "../src/tee/apps/leaky.ts";
import { runHere } from "./run_here.ts";
import { bootChild, connect } from "./support/daemon.ts";
import { captured, fakeBoard } from "./support/fake_board.ts";
import { misfits, schemaOf } from "./support/json_schema.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-json-"));
const DATA = "data/optee-4.0.0";
const CORE = `${DATA}/core.trace.gz`;
const AES = `${DATA}/ta-5dbac793-f574-4871-8ad3-04331ec17f24.trace.gz`;
const LDELF = `${DATA}/ldelf.trace.gz`;
const XTEST = "test/fixtures/xtest";
const IN = "test/fixtures/transcripts/in";
const IMAGES = "data/golden/images";
const GOLDEN = "data/golden/traces";

beforeAll(async () => {
  copyFileSync(`${IN}/broken.yaml`, join(folder, "broken.yaml"));
  for (const [name, ...words] of [
    ["leaky.arrows", "--cfg", "CFG_TEE_TA_MALLOC_DEBUG=y", "--interval", "10", "--", "leaky", "3", "20000"],
    ["small.arrows", "--cfg", "CFG_CORE_HEAP_SIZE=4096", "--", "leaky"],
  ] as const)
    await runHere("record", "-o", join(folder, name), ...words);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Words to run with --json, by the schema that the output fits. FOLDER has recordings. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  stats: [
    "",
    "--optee 4.10.0 --cfg CFG_NS_VIRTUALIZATION=y",
    "--cfg CFG_TA_STATS=n",
    `--on file:${XTEST}/4.10.0/34-after-alloc.out`,
    `--on file:${XTEST}/4.0.0/05-stats-alloc.out`,
    `--on file:${LDELF} --at 20`,
    "--on file:FOLDER/leaky.arrows",
    "--ended",
    "--ended -- leaky 2",
  ],
  watch: ["-- hello_world", "-- keep_alive", "-- run acipher 512 x", "--cfg CFG_TEE_TA_MALLOC_DEBUG=y -- leaky 2"],
  report: [
    AES,
    CORE,
    `--mark example-hotp ${LDELF}`,
    "FOLDER/leaky.arrows",
    "FOLDER/small.arrows",
    `${XTEST}/4.10.0/34-after-alloc.out`,
    `${IN}/loop.txt`,
    "test/fixtures/recorded/07-stats-memleak.secure.log.gz",
    `--range 0..5 ${CORE}`,
    `--range 0..5 --against 5..10 --by file ${CORE}`,
  ],
  size: [
    `--no-variants ${AES}`,
    `--no-tests --window 4 ${LDELF}`,
    `${XTEST}/4.10.0/34-after-alloc.out`,
    "--margin 4k FOLDER/small.arrows --heap core --no-variants --window 0",
  ],
  leaks: [
    "-- leaky 1 40",
    "-- keep_alive",
    `${IN}/first.txt`,
    `${IN}/first.txt ${IN}/second.txt`,
    `${IN}/first.txt ${IN}/second.txt ${IN}/third.txt`,
    `${IN}/loop.txt`,
    `${IN}/first.txt test/fixtures/recorded/07-stats-memleak.secure.log.gz`,
    `--at boot --at stats-alloc-1 ${CORE}`,
    `${XTEST}/4.10.0/34-after-alloc.out`,
    "FOLDER/leaky.arrows",
  ],
  check: [
    `${IN}/kept.yaml`,
    `FOLDER/broken.yaml ${AES}`,
    `${IN}/kept.yaml ${XTEST}/4.0.0/05-stats-alloc.out`,
    `${IN}/broken.yaml`,
  ],
  inspect: [
    `${DATA}/core-heap.bin.gz --base 0xe1c53e0`,
    `${DATA}/core-heap.bin.gz`,
    `${IMAGES}/mdbg-footer.lp64-ff-ta-mdbg.bin.gz --base 0`,
    `${IMAGES}/misuse-use-after-free-wipe.lp64-ff-ta-dbg.bin.gz`,
    `${IMAGES}/edge-adjacent.ilp32-bf-core.bin.gz`,
  ],
  doctor: [
    "",
    "--cfg CFG_WITH_STATS=n",
    "--error 0xffff000c --origin 4 --call TEE_AllocateOperation --all",
    "--error CKR_DEVICE_MEMORY --tried CFG_PKCS11_TA_HEAP_SIZE",
    `--log ${IN}/oom.txt`,
    `--log ${IN}/panic.txt`,
    `--log ${IN}/noise.txt`,
    `--on file:${AES}`,
    "--on file:FOLDER/small.arrows",
  ],
  replay: [
    AES,
    `${AES} ${LDELF}`,
    `--abi arm --pool 1k ${AES}`,
    `--pool 8k --mark example-hotp ${LDELF}`,
    `--marks ${LDELF}`,
    `--marks ${AES}`,
    `${GOLDEN}/edge-order.trace`,
    `${GOLDEN}/edge-poolpanic.trace --mdbg`,
    "FOLDER/leaky.arrows --heap core",
  ],
  record: [
    "-o FOLDER/a.arrows -- hello_world",
    "-o FOLDER/b.arrows --cfg CFG_CORE_HEAP_SIZE=4096 -- leaky",
    `-o FOLDER/c.arrows --from ${AES}`,
    "-o FOLDER/d.arrows --on file:FOLDER/leaky.arrows",
  ],
  top: ["--once --on sim", "--once --on sim --on file:FOLDER/none", "--once --on file:FOLDER/leaky.arrows"],
  ta: ["doctor", "doctor --optee FOLDER/none", "build FOLDER/none"],
  platform: [
    "capture test/fixtures/platform_capture/4.10.0-all.events.gz -o FOLDER/made --name made --optee 4.10.0 --boot-until 13",
  ],
  device: ["", "libteec", "build preload --cc FOLDER/none"],
  export: [`--format json -o - ${AES}`, "--format json -o - FOLDER/leaky.arrows"],
};

/** Words with which a command ends before it has anything to print. */
const WRONG: readonly string[] = [
  "stats --on file:FOLDER/none",
  "watch -- nosuch",
  "report FOLDER/none",
  `report ${IN}/oom.txt`,
  "report --range 1000000.. FOLDER/leaky.arrows",
  `size --heap nosuch ${AES}`,
  `leaks ${IN}/noise.txt`,
  "check FOLDER/none.yaml",
  "inspect package.json",
  "doctor --log FOLDER/none",
  "replay package.json",
  "record -o FOLDER/none/a.arrows -- leaky",
  "top --once --interval 1",
  "ta nosuch",
  "device nosuch",
  "platform nosuch x -o FOLDER/p --name p --optee 4.10.0",
];

function wordsOf(line: string): string[] {
  return line
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => word.replace("FOLDER", folder));
}

/** Commands that print a line of JSON for each of several things. */
const LINE_BY_LINE = ["replay", "top"];

/** What does not fit of what is printed. */
function problemsIn(name: string, text: string): string[] {
  const texts = LINE_BY_LINE.includes(name) ? text.trim().split("\n") : [text];
  return texts.flatMap((one) => misfits(JSON.parse(one), schemaOf(name)));
}

describe.each(Object.entries(LINES))("%s", (name, lines) => {
  test.each(lines)("%s", async (line) => {
    const json = name === "export" ? [] : ["--json"];
    const { out, err, outcome } = await runHere(name, ...json, ...wordsOf(line));
    expect(out, `${err} ${JSON.stringify(outcome)}`).not.toBe("");
    expect(problemsIn(name, out)).toEqual([]);
  });
});

test.each(WRONG)("nothing is printed: %s", async (line) => {
  const [name = "", ...words] = wordsOf(line);
  const { out, err } = await runHere(name, "--json", ...words);
  expect([out, err.split("\n").length]).toEqual(["", expect.any(Number)]);
});

test("a board: its check list, a command there, and calls of a program", async () => {
  const board = fakeBoard("4.10.0");
  onTestFinished(() => board.remove());
  board.prints("alloc", readFileSync(captured("4.10.0", "05-stats-alloc.out"), "utf8"));
  board.program("lab", "echo 'res 0xffff000c err_orig 0x3'; exit 1");
  const on = ["--on", `exec:PATH=${board.path}:$PATH exec sh`];
  expect(problemsIn("doctor", (await runHere("doctor", "--json", ...on, "--", "lab")).out)).toEqual([]);
  expect(problemsIn("stats", (await runHere("stats", "--json", ...on)).out)).toEqual([]);
});

test("TAs that run in a daemon", async () => {
  const daemon = await bootChild(["--cfg", "CFG_TEE_TA_MALLOC_DEBUG=y"]);
  onTestFinished(async () => void (await daemon.stop()));
  const { client } = await connect(daemon.path);
  await client.open(LEAKY_UUID);
  const { out } = await runHere("leaks", "--json", "--on", `unix:${daemon.path}`);
  expect([JSON.parse(out)[0].sessions, problemsIn("leaks", out)]).toEqual([1, []]);
});

test("every command with --json has a schema, which its help names, and lines here", async () => {
  const { program } = await buildProgram(() => true, silent);
  const named = program.commands.flatMap((command) =>
    command.options.filter(({ long }) => long === "--json").map(({ description }) => [command.name(), description]),
  );
  expect(named.length).toBeGreaterThan(9);
  for (const [name = "", description] of named) {
    expect(description).toContain(`see 'teemem schema ${name}'`);
    expect(DESCRIBED[name]?.command).toBe(`${name} --json`);
    if (!ELSEWHERE.includes(name)) expect(LINES).toHaveProperty(name);
  }
});

/** Commands whose output is compared with their schemas where they are tested: it needs a compiler. */
const ELSEWHERE = ["fuzz"];

const silent = { out: { width: 80, write() {} }, err: { write() {} } } as unknown as Io;
