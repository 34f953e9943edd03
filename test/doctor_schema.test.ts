// What `teemem doctor --json` prints fits the schema that users are given: docs/schemas/doctor.schema.json.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { runHere } from "./run_here.ts";
import { captured, fakeBoard } from "./support/fake_board.ts";
import { misfits, schemaOf } from "./support/json_schema.ts";
import { panickingPrograms } from "./support/panicking_programs.ts";

interface Answer {
  readonly stacks?: readonly object[];
  readonly dumps?: readonly object[];
  readonly steps?: readonly object[];
  readonly command?: { readonly pools: readonly object[] };
}

/** The answer, and what of it does not fit. */
async function doctor(...words: string[]): Promise<Answer> {
  const answer = JSON.parse((await runHere("doctor", "--json", ...words)).out);
  expect(misfits(answer, schemaOf("doctor")), words.join(" ")).toEqual([]);
  return answer;
}

it.each([
  ["--error", "0xffff000c", "--origin", "3", "--call", "TEE_AllocateOperation"],
  ["--error", "CKR_DEVICE_MEMORY", "--tried", "CFG_PKCS11_TA_HEAP_SIZE"],
  ["--stats", captured("4.10.0", "05-stats-alloc.out")],
  ["--cfg", "CFG_TEE_CORE_MALLOC_DEBUG=y"],
  ["--on", "file:test/fixtures/inputs/core.trace"],
])("%s %s", async (...words) => {
  await doctor(...words.filter((word) => word !== undefined));
});

it("call stacks and dumps of a log", async (context) => {
  const { elves, lines } = panickingPrograms(context);
  const log = join(elves.elf, "..", "sec.log");
  writeFileSync(log, `${lines.join("\n")}\n`);
  const { stacks, dumps } = await doctor("--log", log, "--elf", elves.elf, "--ta-elf", elves.taElf[0] ?? "");
  expect([stacks?.length, dumps?.length]).toEqual([2, 1]);
});

it("a board, and a command there", async () => {
  const board = fakeBoard("4.10.0");
  onTestFinished(() => board.remove());
  board.prints("alloc", readFileSync(captured("4.10.0", "05-stats-alloc.out"), "utf8"));
  board.program("lab", "echo 'res 0xffff000c err_orig 0x3'; exit 1");
  const { steps, command } = await doctor("--on", `exec:PATH=${board.path}:$PATH exec sh`, "--", "lab");
  expect([steps?.length, command?.pools.length]).toEqual([12, 2]);
});
