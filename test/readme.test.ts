// README as a newcomer reads it: every command of it runs here, every link leads somewhere, and it is one screen.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { runBin } from "./cli.ts";
import { needPrograms } from "./support/needs.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const README = readFileSync(join(project, "README.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "teemem-readme-"));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { XDG_CACHE_HOME: join(folder, "cache") };
const TIMEOUT = 300_000;

/** The programs of its blocks, without what follows as a comment. */
const COMMANDS = [...README.matchAll(/^npx teemem ([^#\n]{1,200}?) +#/gm)].map(([, words = ""]) => words);

/** Runs a command with a reader's things in place of the names in README. */
function run(words: string) {
  const ta = join(project, "examples/ta/bugs/ta");
  const places: Readonly<Record<string, string>> = {
    "~/my_ta": ta,
    "./client": `${join(folder, "bugs")} label bad`,
    "before.log": join(folder, "before.log"),
    "after.log": join(folder, "after.log"),
    "console.log": join(folder, "console.log"),
    "xtest.out": "test/fixtures/series/realoom.txt",
    "run.arrows": join(folder, "run.arrows"),
  };
  const list = words.split(" ").flatMap((word) => (places[word] ?? word).split(" "));
  return runBin("teemem", list, { env });
}

test("has three jobs with three commands each", () => {
  expect(COMMANDS).toHaveLength(9);
  expect(README.match(/^### My /gm)).toHaveLength(3);
});

test("is one screen beside its two pictures", () => {
  expect(README.split("\n").length).toBeLessThanOrEqual(60);
  expect(README.match(/^!\[/gm)).toHaveLength(2);
});

test("links and pictures are there", () => {
  const links = [...README.matchAll(/\]\(([^)#]{1,100})\)/g)].map(([, link = ""]) => link);
  const missing = links.filter((link) => !link.startsWith("https://") && !existsSync(join(project, link)));
  expect(links.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

test.for(COMMANDS.filter((words) => words.includes("ssh://")))(
  "%s reaches for the board",
  { timeout: TIMEOUT },
  (words) => {
    // There is no such board: that it cannot be reached is the answer, and no word of a wrong option.
    const { code, stderr, stdout } = run(words.replace("root@board", "nobody@127.0.0.1:1"));
    expect(code).not.toBe(0);
    expect(stderr + stdout).toMatch(/127\.0\.0\.1|top needs a terminal/);
    expect(stderr).not.toMatch(/unknown|missing required|too many/);
  },
);

test.for(COMMANDS.filter((words) => words.includes("~/my_ta")))("%s", { timeout: TIMEOUT }, (words, context) => {
  needPrograms(context, "make, clang-19, lld-19, gcc", "make", "clang-19", "wasm-ld-19", "gcc");
  // The example needs no sources of OP-TEE; a second of fuzzing is enough.
  const ran = run(
    words.replace(" --optee ~/optee_os", "").replace(/^fuzz (\S+)$/, `fuzz $1 --runs 300 -o ${join(folder, "fuzz")}`),
  );
  if (words.startsWith("ta build")) {
    expect(ran.code).toBe(0);
    const made = spawnSync("make", [
      "-s",
      "-C",
      join(project, "examples/ta/bugs/host"),
      `O=${folder}`,
      `TEEMEM=${project}`,
    ]);
    expect(made.stderr.toString()).toBe("");
  } else expect(ran.stderr + ran.stdout).toContain("Invalid write of size 1");
});

test.for(COMMANDS.filter((words) => !/ssh:|my_ta/.test(words)))("%s", { timeout: TIMEOUT }, (words) => {
  const list = (bytes: number): string =>
    `D/TC:0 0 mdbg_check\nbuffer: 24 bytes core/tee/tee_svc.c:10\nbuffer: ${bytes} bytes core/mm/mobj.c:387\n`;
  writeFileSync(join(folder, "before.log"), list(80));
  writeFileSync(join(folder, "after.log"), `${list(80)}buffer: 80 bytes core/mm/mobj.c:387\n`);
  copyFileSync(join(project, "test/fixtures/causes/08-4239-core-calloc.in"), join(folder, "console.log"));
  const { code, stdout } = run(words);
  expect(code).not.toBe(2);
  const says = { leaks: "core/mm/mobj.c:387", doctor: "CFG_", size: "CFG_CORE_HEAP_SIZE" }[
    words.split(" ", 1)[0] ?? ""
  ];
  expect(stdout).toContain(says ?? "a command that this test does not know");
});
