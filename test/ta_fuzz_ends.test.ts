// `teemem fuzz` on a TA whose session wants parameters, that waits for a key, panics twice with one code, and calls itself without an end.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, type TestContext, test } from "vitest";
import { type Ran, runBin } from "./cli.ts";
import { needPrograms } from "./support/needs.ts";
import { LIFE, writeTa } from "./support/small_ta.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-fuzz-ends-"));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { XDG_CACHE_HOME: join(folder, "cache") };
const bugs = join(folder, "bugs");
const canWait = "Suspending" in WebAssembly;

const SOURCE = `${LIFE}TEE_Result TA_OpenSessionEntryPoint(uint32_t t, TEE_Param p[4], void **c)
{
	static uint8_t small[8];
	(void)c;
	if (t != TEE_PARAM_TYPES(TEE_PARAM_TYPE_VALUE_INPUT, TEE_PARAM_TYPE_MEMREF_INPUT, 0, 0))
		return TEE_ERROR_BAD_PARAMETERS;
	if (p[0].value.a != 0x1234)
		return TEE_ERROR_ACCESS_DENIED;
	for (size_t n = 0; n < p[1].memref.size && n < 9; n++)
		small[n] = ((uint8_t *)p[1].memref.buffer)[n];
	return small[0] == 77 ? TEE_ERROR_BUSY : TEE_SUCCESS;
}
static uint32_t deep(volatile uint32_t n) { return n == 0xfffffff0 ? 1 : deep(n + 1) + n; }
TEE_Result TA_InvokeCommandEntryPoint(void *c, uint32_t id, uint32_t t, TEE_Param p[4])
{
	static uint8_t table[4];
	TEE_ObjectHandle key = TEE_HANDLE_NULL;
	(void)c;
	if (t != TEE_PARAM_TYPES(TEE_PARAM_TYPE_VALUE_INOUT, 0, 0, 0))
		return TEE_ERROR_BAD_PARAMETERS;
	switch (id) {
	case 0:
		if (p[0].value.a == 0x51)
			TEE_Panic(7);
		return TEE_SUCCESS;
	case 1:
		if (p[0].value.a == 0x52)
			TEE_Panic(7);
		return TEE_SUCCESS;
	case 2:
		TEE_Wait(1000000);
		if (p[0].value.b == 0x99)
			table[p[0].value.b] = 1;
		return TEE_SUCCESS;
	case 4:
		if (p[0].value.a != 0x54)
			return TEE_SUCCESS;
		TEE_AllocateTransientObject(TEE_TYPE_RSA_KEYPAIR, 512, &key);
		TEE_GenerateKey(key, 512, NULL, 0);
		table[p[0].value.a] = 2;
		return TEE_SUCCESS;
	case 3:
		p[0].value.b = p[0].value.a == 0x53 ? deep(1) : table[1];
		return TEE_SUCCESS;
	default:
		return TEE_ERROR_NOT_SUPPORTED;
	}
}
`;

const ta = writeTa(join(folder, "ends"), "ends", "3d2c1b0a-2222-4222-8333-444455556666", SOURCE);
let found: Ran | null = null;

/** Built, and fuzzed once for all tests. */
function told(context: TestContext): Ran {
  needPrograms(context, "make, clang-19, lld-19, gcc", "make", "clang-19", "wasm-ld-19", "gcc");
  if (found !== null) return found;
  expect(runBin("teemem", ["ta", "build", ta], { env }).code).toBe(0);
  found = runBin("teemem", ["fuzz", ta, "--runs", "12000", "-o", bugs], { env });
  return found;
}

/** Reports, each from its title to its place. */
const reports = (context: TestContext): string[] => told(context).stdout.split(/ {2}input \d+: .*\n/);
const line = (text: string): string => `ends.c:${1 + SOURCE.split("\n").findIndex((one) => one.includes(text)) + 1}`;

test.for([
  ["what opening a session writes", "Invalid write", "small[n] = "],
  ["a panic", "Panic", "TEE_Panic(7);"],
  ["what lies behind a time", "Undefined behaviour", "table[p[0].value.b] = 1"],
  ["functions that call themselves", "Stack overflow", "deep(n + 1)"],
])("%s is told with its line", ([, title = "", text = ""], context) => {
  expect(reports(context).some((one) => one.includes(title) && one.includes(line(text)))).toBe(true);
});

test("two panics with one code are two bugs, recursion is one", (context) => {
  expect(told(context).stdout.match(/^Panic/gm)).toHaveLength(2);
  expect(told(context).stdout.match(/^Stack overflow/gm)).toHaveLength(1);
});

test("what lies behind a wait is found where the engine can wait; else that is said", (context) => {
  const { stdout } = told(context);
  expect(stdout).toMatch(/ inputs? waited/);
  expect(reports(context).some((one) => one.includes(line("table[p[0].value.a] = 2")))).toBe(canWait);
  expect(/not followed beyond a wait/.test(stdout)).toBe(!canWait);
});

test("each input shows its bug again; its client opens the session as the input does", (context) => {
  told(context);
  const files = readdirSync(bugs).filter((name) => name.endsWith(".json"));
  for (const name of files) {
    const { calls } = JSON.parse(readFileSync(join(bugs, name), "utf8"));
    expect(calls[0].command).toBe("open");
    expect(runBin("teemem", ["fuzz", ta, "--replay", join(bugs, name)], { env }).code).toBe(1);
    const include = fileURLToPath(new URL("../device/libteec", import.meta.url));
    const source = join(bugs, name.replace("json", "c"));
    expect(readFileSync(source, "utf8")).toContain("operation.params[0].value.a = 0x1234;");
    const cc = spawnSync("gcc", ["-Wall", "-Werror", "-fsyntax-only", "-I", include, source]);
    expect(cc.stderr.toString()).toBe("");
  }
});

test("a grammar opens the session", (context) => {
  told(context);
  const grammar = join(folder, "grammar.yaml");
  const open = "- { id: open, params: [{ type: value-in, a: 0x1234 }, { type: memref-in, size: 4 }] }";
  const panics = "- { id: 1, params: [{ type: value-inout, a: 0x52 }] }";
  writeFileSync(grammar, ["commands:", open, panics, ""].join("\n  "));
  const { stdout } = runBin("teemem", ["fuzz", ta, "--runs", "12", "--grammar", grammar, "-o", join(folder, "g")], {
    env,
  });
  expect(stdout).toContain("Panic");
});

test("a replay says what it could not run: no session, or a wait", (context) => {
  told(context);
  const file = join(folder, "input.json");
  const call = (command: unknown, ...params: unknown[]) => ({ command, params });
  const open = call("open", { type: 1, a: 0x1234, b: 0 }, { type: 5, bytes: "00000000" });
  const replay = (...calls: unknown[]): Ran => {
    writeFileSync(file, JSON.stringify({ format: "teemem fuzz input 1", calls }));
    return runBin("teemem", ["fuzz", ta, "--replay", file], { env });
  };
  const still = call(0, { type: 3, a: 1, b: 1 });
  expect(replay(open, still)).toMatchObject({ code: 0, stdout: "The input ends without a finding.\n" });
  expect(replay(still)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("it was not run") });
  const waits = replay(open, call(4, { type: 3, a: 0x54, b: 0 }));
  expect([waits.code, waits.stderr]).toEqual(canWait ? [1, ""] : [2, expect.stringContaining("Node.js 24 can")]);
});
