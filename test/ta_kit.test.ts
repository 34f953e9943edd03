// The dev kit for TAs without OP-TEE's sources: its numbers are those that the trusted OS has, and clang builds examples/ta with it.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { TEE } from "../src/abi/errors.ts";
import { ALG, ATTR, CLASS, CURVE, GP_HKDF, MODE, OPERATION_FLAG, TYPE, USAGE } from "../src/tee/svc/crypto/ids.ts";
import { DATA_FLAG, HANDLE_FLAG, SEEK } from "../src/tee/svc/storage/flags.ts";
import { needPrograms } from "./support/needs.ts";

const KIT = "device/ta";
const TA = "examples/ta/bugs/ta";
const folder = mkdtempSync(join(tmpdir(), "teemem-ta-kit-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Names with their numbers, of `#define NAME 0x…` and of `NAME = 0`. */
function numbersOfHeaders(): Map<string, number> {
  const include = `${KIT}/include`;
  const files = readdirSync(include, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".h"));
  const text = files.map((name) => readFileSync(join(include, name), "utf8")).join("\n");
  const found = [...text.matchAll(/(?:^#define|^\t)\s*(TEE_\w+)\s+(?:= )?(0x[0-9A-F]+|\d+),?$/gm)];
  return new Map(found.map(([, name, value]) => [name as string, Number(value)]));
}

describe("the numbers of its headers are those of the trusted OS", () => {
  const numbers = numbersOfHeaders();
  /** OP-TEE's additions say what they are for. */
  const derivations = Object.fromEntries(
    Object.entries(ALG).map(([id, value]) => [/^(HKDF|CONCAT_KDF|PBKDF2)_/.test(id) ? `${id}_DERIVE_KEY` : id, value]),
  );
  const tables: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    TEE_ALG: derivations,
    TEE_ATTR: { ...ATTR, HKDF_SALT: GP_HKDF.SALT, HKDF_INFO: GP_HKDF.INFO },
    TEE_TYPE: TYPE,
    TEE_USAGE: USAGE,
    TEE_MODE: MODE,
    TEE_OPERATION: CLASS,
    TEE_ECC_CURVE: { ...CURVE, "25519": CURVE.CURVE_25519 },
    TEE_DATA_FLAG: DATA_FLAG,
    TEE_DATA_SEEK: SEEK,
    TEE_HANDLE_FLAG: { ...HANDLE_FLAG, ...OPERATION_FLAG },
  };
  test.each(Object.entries(tables))("%s", (prefix, table) => {
    for (const [name, value] of Object.entries(table))
      if (name !== "CURVE_25519") expect([name, numbers.get(`${prefix}_${name}`)]).toEqual([name, value]);
  });
  test("results", () => {
    const inside = Object.entries(TEE).filter(
      ([name]) => !["SUCCESS", "DEFER_DRIVER_INIT", "NODE_DISABLED"].includes(name),
    );
    for (const [name, value] of inside) expect([name, numbers.get(`TEE_ERROR_${name}`)]).toEqual([name, value]);
  });
});

/** The TAs of test/fixtures/wasm that the kit builds: their sources, and what build_own says to make. */
const TAS: Readonly<Record<string, readonly [source: string, ...variables: string[]]>> = {
  bugs: [TA],
  kit: ["test/fixtures/wasm/kit", "TEEMEM_CFLAGS=-g0"],
  kit11: ["test/fixtures/wasm/kit", "CFG_TA_OPTEE_CORE_API_COMPAT_1_1=y", "TEEMEM_CFLAGS=-g0"],
};

/** Builds a TA for a target; the module's bytes. */
function build(source: string, target: string, out: string, ...more: readonly string[]): Uint8Array {
  const variables = [`TA_DEV_KIT_DIR=${join(process.cwd(), KIT)}`, `TEEMEM_TARGET=${target}`, `O=${out}`, ...more];
  const clang = ["TEEMEM_CC=clang-19", "TEEMEM_LD=wasm-ld-19"];
  execFileSync("make", ["-s", "-j2", "-C", source, ...variables, ...clang], { stdio: ["ignore", "ignore", "pipe"] });
  const name = readdirSync(out).find((file) => file.endsWith(".wasm")) ?? "";
  return readFileSync(join(out, name));
}

const BUILDS = Object.keys(TAS).flatMap((name) => ["wasm64", "wasm32"].map((target) => [name, target] as const));

describe.each(BUILDS)("%s as %s", (name, target) => {
  test("is what test/fixtures/wasm has of it: else run ./build_own there", (context) => {
    needPrograms(context, "clang-19, lld-19 and make", "clang-19", "wasm-ld-19", "make");
    const [source, ...variables] = TAS[name] ?? expect.fail();
    const built = build(source, target, join(folder, `${name}-${target}`), ...variables);
    const kept = gunzipSync(readFileSync(`test/fixtures/wasm/${name}.${target}.wasm.gz`));
    const compiler =
      spawnSync("clang-19", ["--version"], { encoding: "utf8" }).stdout.match(/\d+\.\d+\.\d+/)?.[0] ?? "?";
    if (!Buffer.from(kept).includes(compiler)) return context.skip(`another clang-19 (${compiler}) made the module`);
    expect(Buffer.from(built).equals(kept)).toBe(true);
  }, 120_000);

  test("imports what the kit knows, and exports what a host needs", () => {
    const bytes = gunzipSync(readFileSync(`test/fixtures/wasm/${name}.${target}.wasm.gz`));
    expect(bytes.includes(`"name":"${name.replace("11", "")}","optee":"","library":"own","target":"${target}"`)).toBe(
      true,
    );
    if (target === "wasm64" && !WebAssembly.validate(bytes)) return;
    const module = new WebAssembly.Module(bytes);
    const known = readFileSync(`${KIT}/mk/imports.txt`, "utf8").split("\n");
    for (const { module: from, name: call } of WebAssembly.Module.imports(module)) {
      expect(from).toBe("env");
      expect(known).toContain(call);
    }
    const exported = WebAssembly.Module.exports(module).map((one) => one.name);
    for (const one of ["memory", "__utee_entry", "ta_head", "ta_heap", "ta_heap_size", "ta_props", "__stack_pointer"])
      expect(exported).toContain(one);
  });
});

test("a call that nobody has does not link", (context) => {
  needPrograms(context, "clang-19, lld-19 and make", "clang-19", "wasm-ld-19", "make");
  expect(() => build(TA, "wasm32", join(folder, "misspelt"), "TEEMEM_CFLAGS=-DTEE_CipherInit=TEE_CypherInit")).toThrow(
    "undefined symbol: TEE_CypherInit",
  );
});
