// Tests of call sites and call stacks: a TA whose lines are known (test/fixtures/wasm/stacks.c).
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bootTest } from "../../../test/embedded.ts";
import { fixtureModule, openWasm } from "../../../test/support/wasm.ts";
import { readCallStack } from "../../base/call_stack.ts";
import { createClient } from "../../tee/kernel/client.ts";
import { params, valueIn } from "../../tee/kernel/params.ts";
import type { HeapDone } from "../../tee/monitor/event.ts";
import { tapEvents } from "../../tee/monitor/tap.ts";
import { wasmApp } from "../wasm_app.ts";

const SOURCE = readFileSync(new URL("../../../test/fixtures/wasm/stacks.c", import.meta.url), "latin1").split("\n");

/** `file:line` of the line that ends with a name. */
function at(name: string): string {
  return `ta/stacks.c:${SOURCE.findIndex((line) => line.endsWith(`// ${name}`)) + 1}`;
}

/** What the TA's heap does when it is opened, and in a command. */
async function heard(name: string, command: number, value: number) {
  const module = fixtureModule(name);
  const { core } = bootTest("", undefined, [wasmApp(module)]);
  const all: HeapDone[] = [];
  tapEvents(core, (event) => {
    if (event.kind === "heap" && event.heap === "ta") all.push(event);
  });
  const client = createClient(core);
  const { session } = await client.open(module.uuid);
  await client.invoke(session, command, params(valueIn(value, 0)));
  return { all, last: all.at(-1) as HeapDone };
}

const frames = ({ stack = "" }: HeapDone): string[] =>
  readCallStack(stack).map(({ func, place }) => `${func} ${place}`);

const ENTRY = "__utee_entry lib/libutee/user_ta_entry.c:406";

describe.each(["stacks4.wasm32", "stacks5.wasm32", "stacks4.wasm64", "stacks5.wasm64"])(
  "the call sites of %s",
  (name) => {
    it("lead through functions that the compiler put into others", async () => {
      const { last } = await heard(name, 0, 8);
      expect(last).toMatchObject({ op: "M", size: 17, file: "ta/stacks.c", line: Number(at("inner").split(":")[1]) });
      expect(frames(last)).toEqual([`inner ${at("inner")}`, `outer ${at("outer")}`, `invoke ${at("inlined")}`, ENTRY]);
    });

    it("are in the TA's own code, not in the library that hands the request on", async () => {
      const { last } = await heard(name, 1, 8);
      expect(`${last.file}:${last.line}`).toBe(at("library"));
      expect(frames(last)).toEqual(["TEE_Malloc lib/libutee/tee_api.c:702", `invoke ${at("library")}`, ENTRY]);
    });

    it("are in the library where it asks by itself", async () => {
      const { all } = await heard(name, 1, 8);
      expect(all.map(({ op, file, line }) => `${op} ${file}:${line}`)).toEqual([
        "P null:0",
        "R lib/libutils/isoc/bget_malloc.c:935",
        "M lib/libutee/user_ta_entry.c:404",
        `M ${at("library")}`,
      ]);
      expect(frames(all[0] as HeapDone)).toEqual(["__utee_entry lib/libutee/user_ta_entry.c:403"]);
    });

    it("are the same for every depth of a recursion", async () => {
      const stacks = await Promise.all([2, 5, 60].map(async (depth) => frames((await heard(name, 2, depth)).last)));
      const one = [`recurse ${at("deepest")}`, `recurse ${at("again")}`, `invoke ${at("recursion")}`, ENTRY];
      expect(stacks).toEqual([one, one, one]);
    });

    it("are known of what is freed, too", async () => {
      const { last } = await heard(name, 5, 0);
      expect(last).toMatchObject({ op: "F", file: "ta/stacks.c", line: Number(at("release").split(":")[1]) });
    });
  },
);

it("a module without names and lines has the numbers of its functions", async () => {
  const { last } = await heard("probe.wasm32", 1, 8);
  expect(last).toMatchObject({ op: "M", size: 8, file: null, line: 0 });
  expect(frames(last)).toEqual([expect.stringMatching(/^function \d+ $/)]);
});

it("nobody looks at stacks where nobody listens", async () => {
  const { core, invoke } = await openWasm(fixtureModule("stacks4.wasm32"));
  await invoke(0, params(valueIn(8, 0)));
  expect(core.instances.map(({ heap }) => heap.stack)).toEqual([""]);
});
