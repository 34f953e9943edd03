// A client in C cancels a call of a TA in C that waits: the session unmasked cancellation when it was opened.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, type TestContext, test } from "vitest";
import { type Ran, runBin } from "./cli.ts";
import { needPrograms } from "./support/needs.ts";
import { LIFE, writeTa } from "./support/small_ta.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-cancel-"));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { XDG_CACHE_HOME: join(folder, "cache") };

/** Milliseconds that the TA waits for: nobody's patience. */
const FOREVER = 3_600_000;

const TA = `${LIFE}TEE_Result TA_OpenSessionEntryPoint(uint32_t t, TEE_Param p[4], void **c)
{
	(void)p; (void)c;
	if (t == TEE_PARAM_TYPES(TEE_PARAM_TYPE_VALUE_INPUT, 0, 0, 0))
		TEE_UnmaskCancellation();
	return TEE_SUCCESS;
}
TEE_Result TA_InvokeCommandEntryPoint(void *c, uint32_t id, uint32_t t, TEE_Param p[4])
{
	(void)c; (void)t; (void)p;
	return TEE_Wait(id);
}
`;

const CLIENT = `#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <tee_client_api.h>

static struct timespec asked;
static TEEC_Operation operation;

static void *cancel(void *nothing)
{
	usleep(300000);
	clock_gettime(CLOCK_MONOTONIC, &asked);
	TEEC_RequestCancellation(&operation);
	return nothing;
}

int main(int argc, char **argv)
{
	TEEC_UUID uuid = { 0x3d2c1b0a, 0x3333, 0x4222, { 0x83, 0x33, 0x44, 0x44, 0x55, 0x55, 0x66, 0x66 } };
	TEEC_Context context;
	TEEC_Session session;
	TEEC_Operation opening;
	struct timespec now;
	pthread_t thread;
	uint32_t origin;
	TEEC_Result code;

	memset(&opening, 0, sizeof(opening));
	opening.paramTypes = TEEC_PARAM_TYPES(argc > 2 ? TEEC_NONE : TEEC_VALUE_INPUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	if (TEEC_InitializeContext(NULL, &context) ||
	    TEEC_OpenSession(&context, &session, &uuid, TEEC_LOGIN_PUBLIC, NULL, &opening, &origin))
		return 1;
	memset(&operation, 0, sizeof(operation));
	pthread_create(&thread, NULL, cancel, NULL);
	code = TEEC_InvokeCommand(&session, atoi(argv[1]), &operation, &origin);
	clock_gettime(CLOCK_MONOTONIC, &now);
	pthread_join(thread, NULL);
	printf("%x, %.1f ms after the request\\n", code,
	       (now.tv_sec - asked.tv_sec) * 1e3 + (now.tv_nsec - asked.tv_nsec) / 1e6);
	TEEC_CloseSession(&session);
	TEEC_FinalizeContext(&context);
	return 0;
}
`;

const ta = writeTa(join(folder, "waits"), "waits", "3d2c1b0a-3333-4222-8333-444455556666", TA);
let client = "";

/** Runs the client, which cancels after 0.3 s. */
function run(context: TestContext, ...words: readonly string[]): Ran {
  needPrograms(context, "make, clang-19, lld-19, gcc", "make", "clang-19", "wasm-ld-19", "gcc");
  if (client === "") {
    expect(runBin("teemem", ["ta", "build", ta], { env }).code).toBe(0);
    expect(runBin("teemem", ["device", "build", "libteec", "-o", folder], { env }).code).toBe(0);
    client = join(folder, "client");
    writeFileSync(`${client}.c`, CLIENT);
    const include = fileURLToPath(new URL("../device/libteec", import.meta.url));
    const words = ["-I", include, `${client}.c`, "-o", client, "-L", folder, "-lteec", "-lpthread"];
    expect(spawnSync("gcc", words).stderr.toString()).toBe("");
  }
  return runBin("teemem", ["exec", "--no-report", "--ta", ta, "--", client, ...words], { env });
}

test("a wait ends when the client asks for it, where opening the session allowed that", {
  timeout: 120_000,
}, (context) => {
  const { stdout } = run(context, String(FOREVER));
  // The time is for people: it ends at all, an hour too soon.
  expect(stdout).toMatch(/^ffff0002, \d{1,5}\.\d ms after the request\n$/);
});

test("a session that did not allow it waits to the end", { timeout: 120_000 }, (context) => {
  expect(run(context, "600", "masked").stdout).toMatch(/^0, /);
});
