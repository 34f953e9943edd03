// What is typed and what comes of it, command by command: words that are right and words that are wrong, help, what is found.
// The figures are checked elsewhere, against what does not come from this program; here nothing else moves unseen. Where a text is
// meant to change: `npx vitest run test/transcripts.test.ts -u`, and read the difference. pages.test.ts has pages in colours.
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { commands } from "../src/cli/commands.ts";
import { runHere } from "./run_here.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-transcripts-"));
// 04:00:00.123 UTC, where a text has a time of day.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 23, 4, 0, 0, 123) });
  vi.stubEnv("GITHUB_ACTIONS", "");
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const DATA = "data/optee-4.0.0";
const CORE = `${DATA}/core.trace.gz`;
const AES = `${DATA}/ta-5dbac793-f574-4871-8ad3-04331ec17f24.trace.gz`;
const HOTP = `${DATA}/ta-484d4143-2d53-4841-3120-4a6f636b6542.trace.gz`;
const LDELF = `${DATA}/ldelf.trace.gz`;
const XTEST = "test/fixtures/xtest";
const IN = "test/fixtures/transcripts/in";
const IMAGES = "data/golden/images";
const GOLDEN = "data/golden/traces";

copyFileSync(`${IN}/broken.yaml`, join(folder, "broken.yaml"));

/** Transcript by transcript, what is run one after the other. FOLDER is an empty one at first. */
const TRANSCRIPTS: Readonly<Record<string, readonly string[]>> = {
  help: ["help", ...commands.map(({ name }) => `help ${name}`)],
  stats: [
    "stats",
    "stats --json",
    "stats --optee 4.10.0 --cfg CFG_NS_VIRTUALIZATION=y",
    "stats --cfg CFG_WITH_STATS=n",
    "stats --cfg CFG_TA_STATS=n",
    "stats --after stats-alloc-1 --cfg CFG_CORE_BGET_BESTFIT=y",
    `stats --on file:${XTEST}/4.10.0/34-after-alloc.out`,
    `stats --on file:${XTEST}/4.0.0/05-stats-alloc.out --json`,
    `stats --on file:${LDELF}`,
    `stats --on file:${LDELF} --at 20`,
    `stats --on file:${CORE} --at regression-1001`,
    "stats --ended",
    "stats --ended -- leaky 2",
    "stats --ended --json -- hello_world",
  ],
  watch: [
    "watch --ta leaky --at peak --until exit -- leaky 3 500",
    "watch -- leaky 5 20000",
    "watch -- hello_world 2",
    "watch --json -- hello_world",
    "watch -- keep_alive 2",
    "watch --until exit -- keep_alive",
    "watch --ta aes --at peak -- run aes",
    "watch --cfg CFG_TEE_TA_MALLOC_DEBUG=y -- leaky",
  ],
  run: [
    "run --list",
    "run hello_world",
    "run --heap hello_world",
    "run --heap aes",
    "run --heap hotp",
    "run secure_storage",
    "run --heap --storage FOLDER/objects secure_storage",
    "run --storage FOLDER/objects secure_storage",
    "run acipher",
    "run acipher 100 x",
    "run optee_example_hello_world",
  ],
  leaks: [
    "leaks -- leaky 3",
    "leaks --console -- leaky 3",
    "leaks --json -- leaky 1 40",
    "leaks -- keep_alive",
    "leaks -- run aes",
    "leaks -- hello_world",
    `leaks ${IN}/first.txt`,
    `leaks ${IN}/first.txt ${IN}/second.txt`,
    `leaks ${IN}/first.txt ${IN}/second.txt ${IN}/third.txt`,
    `leaks ${IN}/first.txt ${IN}/second.txt --json`,
    `leaks ${IN}/first.txt ${IN}/first.txt`,
    `leaks ${IN}/loop.txt`,
    `leaks --split round ${IN}/loop.txt`,
    `leaks --json ${IN}/loop.txt`,
    `leaks ${IN}/noise.txt`,
    `leaks ${LDELF}`,
    `leaks ${AES}`,
    `leaks --at boot --at stats-alloc-1 ${CORE}`,
    `leaks --at boot --at nosuch ${CORE}`,
    "leaks test/fixtures/recorded/07-stats-memleak.secure.log.gz",
  ],
  check: [
    `check ${IN}/kept.yaml`,
    `check ${IN}/broken.yaml`,
    `check --github ${IN}/broken.yaml`,
    `check --json ${IN}/kept.yaml`,
    `check ${IN}/wrong.yaml`,
    `check ${IN}/kept.yaml ${AES}`,
    `check ${IN}/kept.yaml ${XTEST}/4.0.0/05-stats-alloc.out`,
    `check --update FOLDER/new.yaml ${AES}`,
    `check FOLDER/new.yaml ${AES}`,
    `check --update FOLDER/new.yaml ${AES}`,
    `check --update FOLDER/broken.yaml ${AES} ${HOTP}`,
    `check --update FOLDER/broken.yaml ${AES} ${HOTP}`,
    `check --json ${IN}/broken.yaml`,
    `check --github --json ${IN}/broken.yaml`,
    `check --junit FOLDER/report.xml ${IN}/kept.yaml`,
    `check --junit FOLDER/report.xml ${IN}/kept.yaml`,
    `check --junit ${IN}/kept.yaml ${IN}/kept.yaml`,
  ],
  record: [
    "record -o FOLDER/leaky.arrows --interval 600000 -- leaky 2 300",
    "record -o FOLDER/leaky.arrows --interval 600000 -- leaky 2 300",
    "record -o FOLDER/leaky.arrows --interval 600000 --force -- leaky 3 20000",
    "report --heap ta-6d4c FOLDER/leaky.arrows",
    "replay FOLDER/leaky.arrows --heap core",
    "replay FOLDER/leaky.arrows",
    "leaks FOLDER/leaky.arrows --heap ta-6d4c1b8e-30f7-4c52-9c1a-5b7e0d2f8a46",
    "stats --on file:FOLDER/leaky.arrows",
    // Not as text: its lines would break by the length of the path.
    "doctor --on file:FOLDER/leaky.arrows --json",
    `record -o FOLDER/aes.arrows --from ${AES} ${HOTP}`,
    "replay FOLDER/aes.arrows --heap ta-5dba",
    `record -o FOLDER/alloc.arrows --from ${XTEST}/4.0.0/34-after-alloc.out`,
    `record -o FOLDER/log.arrows --from ${IN}/first.txt`,
    "record -o FOLDER/other.arrows -- nosuch_program",
    "record -o FOLDER/other.arrows --interval 600000 --cfg CFG_CORE_HEAP_SIZE=4096 -- leaky",
  ],
  inspect: [
    `inspect ${DATA}/core-heap.bin.gz --base 0xe1c53e0`,
    `inspect ${DATA}/core-heap.bin.gz`,
    `inspect ${DATA}/core-heap.bin.gz --blocks --abi lp64 --no-mdbg`,
    `inspect ${DATA}/core-heap.bin.gz --abi ilp32`,
    "inspect package.json",
    `inspect ${IMAGES}/mdbg-footer.lp64-ff-ta-mdbg.bin.gz --base 0`,
    `inspect ${IMAGES}/mdbg-footer.ilp32-ff-ta-mdbg.bin.gz --abi arm --mdbg --blocks`,
    `inspect ${IMAGES}/misuse-use-after-free-wipe.lp64-ff-ta-dbg.bin.gz`,
    `inspect ${IMAGES}/edge-adjacent.ilp32-bf-core.bin.gz`,
    `inspect ${DATA}/core-heap.bin.gz --pool 0xe1c53e0+68640 --base 0xe1c53e0`,
    `inspect ${DATA}/core-heap.bin.gz --pool 0xe1c53e0+1024 --base 0xe1c53e0`,
  ],
  doctor: [
    "doctor",
    "doctor --json",
    "doctor --cfg CFG_WITH_STATS=n",
    "doctor --cfg CFG_TA_STATS=n",
    "doctor --error 0xffff000c --origin 3",
    "doctor --error 0xffff000c --origin 4 --call TEE_AllocateOperation --all",
    "doctor --error 0xffff000c --origin 1",
    "doctor --error 0xffff000c --origin 2",
    `doctor --error TEE_ERROR_OUT_OF_MEMORY --stats ${XTEST}/4.0.0/34-after-alloc.out --tried TA_DATA_SIZE`,
    `doctor --log ${IN}/oom.txt --json`,
    `doctor --log ${IN}/oom.txt --error -65524 --all`,
    `doctor --log ${IN}/panic.txt`,
    "doctor --error 0xffff000d --origin 3",
    "doctor --error 0xffff000a",
    `doctor --missing leaks --log ${IN}/noise.txt`,
    `doctor --stats ${XTEST}/4.0.0/08-stats-ta-idle.out`,
    `doctor --on file:${AES}`,
    `doctor --log ${IN}/noise.txt`,
  ],
  replay: [
    `replay ${AES}`,
    `replay --json ${AES}`,
    `replay ${AES} ${HOTP}`,
    `replay --pool 2k ${AES}`,
    `replay --fit best --mdbg ${LDELF}`,
    `replay --abi arm --pool 1k --json ${HOTP}`,
    `replay --marks ${LDELF}`,
    `replay --marks ${AES}`,
    `replay --until example-aes ${LDELF}`,
    `replay --pool 8k --mark example-hotp ${LDELF}`,
    `replay ${GOLDEN}/mdbg-double.trace --variant lp64-ff-ta-mdbg`,
    `replay ${GOLDEN}/edge-poolpanic.trace --mdbg`,
    `replay --summary ${GOLDEN}/churn-64k-s3.trace ${GOLDEN}/edge-order.trace`,
    `replay ${GOLDEN}/edge-order.trace --json`,
  ],
  demo: ["demo"],
  "wrong use": [
    "",
    "nosuch",
    "stat",
    "help nosuch",
    "stats --nosuch",
    "stats extra",
    "stats --after nosuch",
    "stats --after regression-999",
    "stats --cfg CFG_NOSUCH=y",
    "stats --cfg CFG_TA_STATS=maybe",
    "stats --cfg CFG_TA_STATS",
    "stats --optee 3.19.0",
    "stats --profile nosuch",
    "stats --on FOLDER/none.sock",
    "stats --on unix:",
    "stats --on file:FOLDER/none",
    `stats --on file:${AES} --at nosuch`,
    `stats --on file:${AES} --at 0.000001`,
    "stats --at 1",
    `stats --on file:${AES} --after boot`,
    "watch",
    "watch -- nosuch",
    "watch -- lekay",
    "watch -- leaky x",
    "watch -- leaky 1 2 3",
    "watch -- leaky 0",
    "watch --at noon -- leaky",
    "watch --until noon -- leaky",
    "watch --ta nosuch -- leaky",
    "run",
    "run nosuch",
    "run helo_world",
    "run hello_world extra",
    "run acipher x y",
    "record",
    "record -- leaky",
    "record -o FOLDER/none/a.arrows -- leaky",
    "record -o FOLDER/a.arrows --interval x -- leaky",
    "record -o FOLDER/a.arrows --interval 0 -- leaky",
    "record -o FOLDER/a.arrows --from",
    "record -o FOLDER/a.arrows --from package.json",
    "report",
    "report FOLDER/none",
    "report package.json",
    "report FOLDER",
    `report --heap nosuch ${AES}`,
    `report --mark nosuch ${LDELF}`,
    `report --top 0 ${AES}`,
    `report --top x ${AES}`,
    "size",
    `size --margin x ${AES}`,
    `size --margin 200x ${AES}`,
    `size --window -1 ${AES}`,
    `size --workers 0 ${AES}`,
    `size --heap nosuch ${AES}`,
    "leaks",
    "leaks -- nosuch",
    "leaks FOLDER/none",
    `leaks --at nosuch ${LDELF}`,
    `leaks --heap nosuch ${LDELF}`,
    `leaks --elf FOLDER/none ${IN}/first.txt`,
    `leaks --load x --elf package.json ${IN}/first.txt`,
    `leaks --split nosuch ${IN}/loop.txt`,
    "check",
    "check FOLDER/none.yaml",
    `check FOLDER/none.yaml ${AES}`,
    `check ${IN}/kept.yaml FOLDER/none`,
    `check ${IN}/kept.yaml --junit FOLDER/none/x.xml`,
    "inspect",
    "inspect FOLDER/none",
    `inspect ${DATA}/core-heap.bin.gz --base x`,
    `inspect ${DATA}/core-heap.bin.gz --pool x`,
    `inspect ${DATA}/core-heap.bin.gz --abi x86`,
    `inspect ${DATA}/core-heap.bin.gz --elf package.json`,
    "doctor --error nosuch",
    "doctor --error 0xffff000c --origin 9",
    "doctor --origin 3",
    "doctor --log FOLDER/none",
    "doctor --missing nosuch",
    "doctor --stats package.json",
    "doctor --after nosuch",
    "replay",
    "replay FOLDER/none",
    "replay package.json",
    `replay --pool x ${AES}`,
    `replay --pool 10 ${AES}`,
    `replay --abi x86 ${AES}`,
    `replay --until nosuch ${LDELF}`,
    `replay --flavour ta ${AES}`,
    `replay --variant nosuch ${AES}`,
    `replay --pool 64k ${GOLDEN}/edge-order.trace`,
    "export",
    `export ${AES}`,
    `export ${AES} --format nosuch`,
    `export ${AES} --format csv -o FOLDER/none/a.csv`,
    `export ${AES} --format csv --at end`,
    "boot extra",
    "boot --pace slow",
    "boot --socket unix:",
    "demo extra",
  ],
};

async function shown(line: string): Promise<string> {
  const words = line.split(" ").filter((word) => word !== "");
  const { out, err, outcome } = await runHere(...words.map((word) => word.replace("FOLDER", folder)));
  const end = outcome.ok ? `exit ${outcome.value}` : `exit 2: ${outcome.error}`;
  const parts = [`$ teemem ${line}`, out, err === "" ? "" : `stderr:\n${err}`, `(${end})`];
  return parts
    .filter((part) => part !== "")
    .map((part) =>
      part
        .replaceAll(folder, "FOLDER")
        .replace(/ rows, [\d,]+ bytes/g, " rows, … bytes")
        .replace(/\n$/, ""),
    )
    .join("\n");
}

test.each(Object.keys(TRANSCRIPTS))("%s", async (name) => {
  const texts: string[] = [];
  for (const line of TRANSCRIPTS[name] ?? []) texts.push(await shown(line));
  await expect(`${texts.join("\n\n")}\n`).toMatchFileSnapshot(`fixtures/transcripts/${name.replaceAll(" ", "_")}.txt`);
});
