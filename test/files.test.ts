// Tests the files that programs write: nothing of the user's is ever lost.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const TRACE = join(ROOT, "data/optee-4.0.0/ta-cb3e5ba0-adf1-11e0-998b-0002a5d5c51b.trace.gz");
let folder = "";
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "teemem-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs lines of bash in the folder, with both programs on the path. */
function bash(script: string): { readonly out: string; readonly err: string; readonly code: number | null } {
  const programs = ["teemem", "xtest"].map(
    (name) => `${name}() { "${process.execPath}" ${ROOT}dist/cli/${name}.js "$@"; }`,
  );
  const env = { ...process.env, TEEMEM_SOCKET: "", GITHUB_ACTIONS: "" };
  const ran = spawnSync("bash", ["-c", `${programs.join("\n")}\n${script}`], { cwd: folder, env, encoding: "utf8" });
  return { out: ran.stdout, err: ran.stderr, code: ran.status };
}

/** A budget with so long a comment that it does not fit on the disk again. */
const BUDGET = `# ${"by hand ".repeat(3000)}\nheaps:\n  "ta-*":\n    peak: 1\n`;

// A limit on the size of files does what a full disk does, and needs no privileges: 20 blocks of 1,024 bytes.
describe("a disk that fills up", () => {
  test("leaves a budget as it was", () => {
    writeFileSync(at("budget.yaml"), BUDGET);
    const { out, err, code } = bash(`ulimit -f 20; teemem check --update budget.yaml ${TRACE}`);
    expect([out, err, code]).toEqual(["", "teemem: cannot write budget.yaml: the file is too large\n", 1]);
    expect(readFileSync(at("budget.yaml"), "utf8")).toBe(BUDGET);
    expect(readdirSync(folder)).toEqual(["budget.yaml"]);
  });

  test.each([
    ["csv", "old.csv"],
    ["csv", "old.csv.gz"],
    ["json", "old.json"],
  ])("leaves what an export as %s was to replace (%s)", (format, name) => {
    writeFileSync(at(name), "precious");
    const limit = name.endsWith(".gz") ? 2 : 20;
    const { err, code } = bash(`ulimit -f ${limit}; teemem export -f ${format} --force -o ${name} ${TRACE}`);
    expect([err, code]).toEqual([`teemem: cannot write ${name}: the file is too large\n`, 1]);
    expect(readFileSync(at(name), "utf8")).toBe("precious");
    expect(readdirSync(folder)).toEqual([name]);
  });

  test("leaves no part of a new export", () => {
    const { code } = bash(`ulimit -f 20; teemem export -f csv -o new.csv ${TRACE}`);
    expect([code, readdirSync(folder)]).toEqual([1, []]);
  });

  test("leaves a recording that an import was to replace", () => {
    writeFileSync(at("old.arrows"), "precious");
    const { err, code } = bash(`ulimit -f 4; teemem record --force -o old.arrows --from ${TRACE}`);
    expect([err, code]).toEqual(["teemem: cannot write old.arrows: the file is too large\n", 1]);
    expect(readFileSync(at("old.arrows"), "utf8")).toBe("precious");
    expect(readdirSync(folder)).toEqual(["old.arrows"]);
  });

  test("leaves of a recording what was whole", async () => {
    const { err, code } = bash("ulimit -f 150; teemem record -o run.arrows -- hello_world 40000");
    expect([err, code]).toEqual([expect.stringContaining("cannot write run.arrows: the file is too large"), 1]);
    expect(statSync(at("run.arrows")).size).toBe(150 * 1024);
    const report = bash("teemem report run.arrows");
    expect([report.code, report.err]).toEqual([0, "teemem: run.arrows is truncated: its recorder was stopped\n"]);
  });
});

describe("a JUnit report", () => {
  const check = (into: string) => bash(`teemem check --junit ${into} budget.yaml ${TRACE}`);
  beforeEach(() => writeFileSync(at("budget.yaml"), 'heaps:\n  "ta-*":\n    peak: 1\n'));

  test("takes the place of an older one, and of an empty file", () => {
    writeFileSync(at("r.xml"), "");
    expect(check("r.xml").code).toBe(1);
    const first = readFileSync(at("r.xml"), "utf8");
    expect(first).toContain("<failure");
    writeFileSync(at("budget.yaml"), 'heaps:\n  "ta-*":\n    peak: 100%\n');
    expect(check("r.xml").code).toBe(0);
    expect(readFileSync(at("r.xml"), "utf8")).not.toContain("<failure");
  });

  test.each([
    ["another file", () => writeFileSync(at("r.xml"), "precious")],
    [
      "another program's report",
      () => writeFileSync(at("r.xml"), '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="jest"/>'),
    ],
    [
      "a link to another file",
      () => {
        writeFileSync(at("other"), "precious");
        symlinkSync("other", at("r.xml"));
      },
    ],
    ["a link to nothing", () => symlinkSync("nothing", at("r.xml"))],
  ])("takes not that of %s", (_, make) => {
    make();
    const before = existsSync(at("r.xml")) ? readFileSync(at("r.xml"), "utf8") : null;
    const { out, err, code } = check("r.xml");
    const refused = "teemem: r.xml exists and is not a report of 'teemem check'; choose another file, or remove it\n";
    expect([out, err, code]).toEqual(["", refused, 2]);
    expect(existsSync(at("r.xml")) ? readFileSync(at("r.xml"), "utf8") : null).toBe(before);
    expect(existsSync(at("nothing"))).toBe(false);
  });

  test("may go to a device, and is refused to a folder", () => {
    expect(check("/dev/null").code).toBe(1);
    mkdirSync(at("folder"));
    expect(check("folder")).toMatchObject({ err: "teemem: folder: is a directory; name a file in it\n", code: 2 });
  });
});

test.each([
  ["a budget", `teemem check --update link ${TRACE}`],
  ["an export", `teemem export -f csv -o link ${TRACE}`],
  ["a recording", "teemem record -o link -- leaky"],
  ["an import", `teemem record -o link --from ${TRACE}`],
])("a link to nothing is there: %s does not go through it", (_, command) => {
  symlinkSync("nothing", at("link"));
  expect(bash(command)).toMatchObject({ err: expect.stringMatching(/^teemem: link already exists; /), code: 2 });
  expect(existsSync(at("nothing"))).toBe(false);
});

test("a budget that a link leads to is updated where it is", () => {
  mkdirSync(at("far"));
  writeFileSync(at("far/budget.yaml"), 'heaps:\n  "ta-*":\n    peak: 1 # by hand\n', { mode: 0o640 });
  symlinkSync("far/budget.yaml", at("budget.yaml"));
  expect(bash(`teemem check --update budget.yaml ${TRACE}`).code).toBe(0);
  expect(readFileSync(at("far/budget.yaml"), "utf8")).toMatch(/peak: [1-9]\d+ # by hand/);
  expect(statSync(at("far/budget.yaml")).mode & 0o777).toBe(0o640);
  expect(readdirSync(at("far"))).toEqual(["budget.yaml"]);
});

test("a secure console that cannot be written is told, and the work goes on", () => {
  const env = "TEEMEM_CFG=CFG_TEE_CORE_MALLOC_DEBUG=y";
  const { out, err, code } = bash(`
    ulimit -f 1; ${env} TEEMEM_CONSOLE=console xtest --stats --memleak --time`);
  const why = "the file is too large";
  expect([out, err, code]).toEqual([
    expect.stringMatching(/^REE time: /),
    `xtest: cannot write the secure console to TEEMEM_CONSOLE=console (${why})\n`,
    1,
  ]);
  expect(statSync(at("console")).size).toBeLessThanOrEqual(1024);
});
