// Tests of heap_name.ts.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test, vi } from "vitest";
import { fixtureModule } from "../../../test/support/wasm.ts";
import { taCache } from "../../toolchain/kit/cache.ts";
import { commandWords, matchesHeap } from "./heap_name.ts";

const KV = "ta-5b1c0000-0000-4000-8000-000000000001";

test("a heap is named by its name, the beginning of its UUID, TA for all, or nothing", () => {
  const asked = [undefined, "all", KV, "ta-5b1c", "5b1c", "5B1C", "TA"];
  expect(asked.filter((heap) => !matchesHeap(KV, heap))).toEqual([]);
  expect(["core", "5b1d", "ta-5b1d", "kv", ""].filter((heap) => matchesHeap(KV, heap))).toEqual([]);
  expect(["TA", "5b", "aes", ""].filter((heap) => matchesHeap("core", heap))).toEqual([]);
});

test("a command has its heap and its files; standard input has none", () => {
  expect(commandWords(["a b.log", "run.arrows"], "core")).toBe("--heap core 'a b.log' run.arrows");
  expect([commandWords(["-"], "core"), commandWords([], "core")]).toEqual(["", ""]);
});

test("a bundled TA is named by its name", () => {
  const acipher = "ta-a734eed9-d6a1-4244-aa50-7c99719e7b7b";
  expect([matchesHeap(acipher, "acipher"), matchesHeap(acipher, "aes")]).toEqual([true, false]);
});

test("a TA that was built on this machine is named by its name", () => {
  const folder = mkdtempSync(join(tmpdir(), "teemem-heap-name-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
    vi.unstubAllEnvs();
  });
  vi.stubEnv("XDG_CACHE_HOME", folder);
  const modules = taCache(process.env).modules("/somewhere/kv_store");
  mkdirSync(modules, { recursive: true });
  writeFileSync(join(modules, "kv.wasm"), gunzipSync(readFileSync("test/fixtures/wasm/bugs.wasm32.wasm.gz")));
  writeFileSync(join(modules, "torn.wasm"), "no module");
  const heap = `ta-${fixtureModule("bugs.wasm32").uuid}`;
  expect(["kv", "torn", "../kv", "kv_store"].map((name) => matchesHeap(heap, name))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(matchesHeap(KV, "kv")).toBe(false);
});
