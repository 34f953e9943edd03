// Tests of what the console says of a panic.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runnable } from "../../../test/support/own_modules.ts";
import { fixtureModule, openWasm } from "../../../test/support/wasm.ts";
import { TEE } from "../../abi/errors.ts";
import { memrefIn, params, valueIn, valueInOut, valueOut } from "../../tee/kernel/params.ts";

const source = readFileSync(new URL("../../../test/fixtures/wasm/stacks.c", import.meta.url), "utf8").split("\n");

it.each(["stacks4.wasm32", "stacks5.wasm64"])(
  "%s: a second release is told with its line and its callers",
  async (name) => {
    const { invoke, lines } = await openWasm(fixtureModule(name));
    expect(await invoke(1, params(valueInOut(8)))).toBe(TEE.SUCCESS);
    expect(await invoke(3)).toBe(TEE.SUCCESS);
    lines();
    expect(await invoke(3)).toBe(TEE.TARGET_DEAD);
    const release = source.findIndex((line) => line.endsWith("// release")) + 1;
    const text = lines();
    const begin = text.indexOf("E/TC:? 0 Call stack:");
    expect(text[begin - 1]).toMatch(/^E\/TC:\? 0 TA heap: /);
    expect(text.slice(begin + 1, begin + 3)).toEqual([
      `E/TC:? 0  invoke at ta/stacks.c:${release}`,
      expect.stringMatching(/^E\/TC:\? 0 {2}__utee_entry at lib\/libutee\/user_ta_entry\.c:\d+$/),
    ]);
  },
);

describe.each(runnable("bugs"))("%s: the stack begins where", (name) => {
  it.each([
    ["NULL is read", 10, params(valueIn(12), valueOut()), "balance", "tables.c", "account->balance;"],
    [
      "a loop has no end",
      15,
      params(memrefIn(Uint8Array.of(2, 97, 0, 98, 99)), valueOut()),
      "items",
      "endless.c",
      "for (",
    ],
  ])("%s", async (_, command, given, func, file, line) => {
    const { invoke, lines } = await openWasm(fixtureModule(name), { patience: 300 });
    expect(await invoke(command, given)).toBe(TEE.TARGET_DEAD);
    const text = lines();
    const [, number] = text[text.indexOf("E/TC:? 0 Call stack:") + 1]?.split(`  ${func} at ta/${file}:`) ?? [];
    const source = readFileSync(new URL(`../../../examples/ta/bugs/ta/${file}`, import.meta.url), "utf8").split("\n");
    expect(source[Number(number) - 1]).toContain(line);
  });
});
