// Runs every command of docs/ci.md, in the order of the page, and holds its files against what the page says of them.
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { createBench, PROJECT } from "./support/ci/bench.ts";
import { runShell } from "./support/ci/shell_step.ts";

const PAGE = readFileSync(join(PROJECT, "docs/ci.md"), "utf8");
const DATA = join(PROJECT, "data/optee-4.0.0");
const folder = mkdtempSync(join(tmpdir(), "teemem-ci-page-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The code of a language, block by block. */
function blocks(language: string): string[] {
  return [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, text = ""]) => text);
}

/** Exit codes that the page says in comments. */
const codeOf = (line: string): number => Number(/# exit code (\d)/.exec(line)?.[1] ?? 0);

test("every command does what the page says", { timeout: 400_000 }, async (context) => {
  const { settings, project } = createBench(folder);
  const at = project(context, "90 %");
  rmSync(join(at, "budget.yaml"));
  symlinkSync(PROJECT, join(at, ".teemem"));
  writeFileSync(join(at, "host/client"), '#!/bin/sh\nexec "$(dirname "$0")/bugs" median\n');
  chmodSync(join(at, "host/client"), 0o755);
  copyFileSync(join(DATA, "core.trace.gz"), join(at, "core.trace.gz"));
  copyFileSync(join(DATA, "core-heap.bin.gz"), join(at, "heap.bin.gz"));
  writeFileSync(join(at, "core.yaml"), "heaps: { core: { failures: 4 } }\n");
  const list = (count: number): string =>
    `${"I/TC: buffer: 24 bytes core/mm/tee_mm.c:19\n".repeat(count)}I/TC: buffer: 96 bytes lib/libutils/isoc/bget_malloc.c:825\n`;
  writeFileSync(join(at, "loop.log"), [1, 2, 3, 4, 5, 6].map(list).join(""));
  const lines = blocks("sh").flatMap((block) => block.trimEnd().split("\n"));
  expect(lines.length).toBeGreaterThan(12);
  for (const line of lines) {
    // Minutes are for a machine that has nothing else to do.
    const short = line.replace("--time 300", "--runs 300");
    const { code, text } = await runShell(short, { folder: at, env: settings(at), shell: ["sh", "-e"] });
    expect(code, `${line}\n${text}`).toBe(codeOf(line));
  }
  const beginnings: Record<string, string> = {
    "memcheck.xml": '<?xml version="1.0"',
    "memcheck.sarif": '{"$schema"',
    "memcheck.md": "<!-- teemem memcheck -->",
    "budgets.xml": '<?xml version="1.0"',
    "budgets.md": "<!-- teemem check -->",
    "memory.md": "<!-- teemem check -->",
    "leaks.sarif": '{"$schema"',
    "damage.sarif": '{"$schema"',
    "memory-reports/summary.md": "<!-- teemem memory -->",
  };
  for (const [name, beginning] of Object.entries(beginnings))
    expect(readFileSync(join(at, name), "utf8").startsWith(beginning), name).toBe(true);
  expect(readFileSync(join(at, "memory.md"), "utf8")).toContain("### Memory errors: no findings");
});

test("the step of the page gives the action what it takes", () => {
  const [step] = parse(blocks("yaml").join(""));
  const { inputs } = parse(readFileSync(join(PROJECT, "deploy/ci/github/action.yml"), "utf8"));
  expect(step.uses).toBe("./.teemem/deploy/ci/github");
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
});
