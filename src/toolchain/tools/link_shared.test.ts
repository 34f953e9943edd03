// Tests of shared libraries: what is compiled and linked for one.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { DONE, type ToolAnswer } from "../call/tool_call.ts";
import type { CompilerCall } from "../compiler/compiler.ts";
import { compile } from "./compile.ts";
import { linkModule } from "./link_module.ts";
import type { LinkedFacts, ToolContext } from "./tool_context.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-shared-"));
afterAll(() => rmSync(folder, { recursive: true }));
const UUID = "b3091a65-9751-4784-abf7-0298a7cc35ba";

/** A compiler that writes what a call asks for: `text` as the output. */
function bench(answer: (call: CompilerCall) => ToolAnswer = () => DONE, text = "") {
  const calls: CompilerCall[] = [];
  const linked: [string, LinkedFacts | undefined][] = [];
  const context: ToolContext = {
    compiler: {
      name: "clang",
      major: 19,
      headers: "",
      parallel: 1,
      async run(call) {
        calls.push(call);
        writeFileSync(join(folder, call.args[call.args.indexOf("-o") + 1]?.split("/").at(-1) ?? "none"), text);
        return answer(call);
      },
      close: async () => {},
    },
    compile: { target: "wasm64", includes: [], roots: [], more: [] },
    link: { target: "wasm64", importsFile: "/imports", first: [], runtime: [] },
    replaced: new Map(),
    refused: new Set(),
    linked: (file, _cwd, facts) => linked.push([file, facts]),
  };
  const build = (args: readonly string[]): Promise<ToolAnswer> =>
    linkModule({ tool: "ld.bfd", cwd: folder, args }, context);
  return { calls, linked, context, build };
}

describe("a shared library", () => {
  it("is compiled once more for any address, where it has a UUID", async () => {
    const { calls, linked, context, build } = bench();
    await compile({ tool: "gcc", cwd: folder, args: ["-fpic", "-Dx", "-c", "a.c", "-o", "a.o"] }, context);
    expect(await build(["-shared", `--soname=${UUID}`, "a.o", "-o", "liba.so"])).toEqual(DONE);
    const [first, again, link] = calls;
    expect(first?.args).not.toContain("-fPIC");
    expect(again?.args).toEqual(expect.arrayContaining(["-Dx", "-fPIC", "-fvisibility=default"]));
    expect(link?.program).toBe("wasm-ld");
    expect(link?.args).toEqual(expect.arrayContaining(["-shared", "-mwasm64", join(folder, "a.o.pic.o")]));
    expect(linked).toEqual([[join(folder, `${UUID}.wasm`), { name: UUID }]]);
  });

  it("is an archive alone where it has no UUID, or cannot be loaded; then it says so", async () => {
    const plain = bench();
    expect((await plain.build(["-shared", "-soname", "liba", "a.o", "-o", "liba.so"])).code).toBe(0);
    expect(plain.calls).toEqual([]);
    const failing = bench(() => ({ code: 1, out: "", err: "why" }));
    const answer = await failing.build(["-shared", "-soname", UUID, "a.o", "-o", "liba.so"]);
    expect(answer).toEqual({ code: 0, out: "", err: `ld: no TA can load ${UUID} while it runs:\nwhy` });
    expect([...plain.linked, ...failing.linked]).toEqual([]);
  });
});

describe("a TA", () => {
  it("has its libraries whole and first, and names them", async () => {
    writeFileSync(join(folder, "libb.so"), "");
    const { calls, linked, build } = bench();
    await build(["a.o", "libb.so", "-o", "ta.elf"]);
    const args = calls[0]?.args ?? [];
    const at = args.indexOf("--whole-archive");
    expect(args.slice(at, at + 4)).toEqual([
      "--whole-archive",
      join(folder, "libb.so"),
      "--no-whole-archive",
      join(folder, "a.o"),
    ]);
    expect(linked).toEqual([[join(folder, "ta.elf"), { libraries: ["libb"] }]]);
  });

  it("that loads libraries offers them all that it has, unless that cannot be linked", async () => {
    const loading = bench(({ args }) => (args.includes("--export-all") ? { ...DONE, code: 1 } : DONE), "dlopen");
    expect((await loading.build(["a.o", "-o", "ta.elf"])).code).toBe(0);
    expect(loading.calls.map(({ args }) => args.includes("--export-all"))).toEqual([false, true, false]);
    const other = bench();
    await other.build(["a.o", "-o", "ta.elf"]);
    expect(other.calls).toHaveLength(1);
  });
});
