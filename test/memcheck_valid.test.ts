// Valid C that looks like a mistake, under both kinds of memcheck: nothing may be found; and the size that is one.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, type TestContext, test } from "vitest";
import { runBin } from "./cli.ts";
import { needPrograms } from "./support/needs.ts";
import { LIFE, writeTa } from "./support/small_ta.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-valid-"));
afterAll(() => rmSync(folder, { recursive: true }));
const env = { XDG_CACHE_HOME: join(folder, "cache") };

/** Each returns 0. What is `volatile` is not computed by the compiler. */
const TA = `#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <stdarg.h>
#include <stdbool.h>
${LIFE}
static volatile uint32_t three = 3;
static volatile uint32_t large = 0x93c0df2b;

/* Numbers without a sign wrap: a hash, a checksum, a counter that ends below zero, a mask. */
static int wraps(void)
{
	uint32_t hash = 2166136261u, n = three, mask = -large, all = -1u - three;
	size_t length = three, last = (size_t)-1;
	uint8_t low = (uint8_t)large;

	while (n--)
		hash = (hash ^ n) * 16777619u + large;
	while ("text"[++last] != 0)
		length++;
	while (length-- > 0)
		hash -= large << (length & 31);
	hash += (uint32_t)-(int32_t)three + (0u - large) + (large << 31 >> 31);
	return (mask & -mask) == 0 || all == 0 || hash == low;
}

/* A pointer to just behind an array may be compared, and copies may overlap. */
static int pointers(void)
{
	char text[16] = "0123456789abcde", *end = text + sizeof(text), *at = text;
	struct tail { uint32_t length; uint8_t bytes[]; } *tail = malloc(sizeof(*tail) + three);

	while (at != end)
		at++;
	memmove(text + 1, text, sizeof(text) - 1);
	tail->length = three;
	for (uint32_t n = 0; n < tail->length; n++)
		tail->bytes[n] = (uint8_t)n;
	free(tail);
	free(NULL);
	return at[-1] == 'x' || text[1] != '0';
}

/* A block grows and shrinks; one of no bytes is only released; bytes without an end of text are compared by their length. */
static int blocks(void)
{
	uint8_t *block = calloc(three, 5), *none = malloc(0);
	char four[4];

	block = realloc(block, 400);
	memset(block + 15, 1, 385);
	block = realloc(block, 16);
	strncpy(four, "four", sizeof(four));
	free(none);
	int wrong = block[14] != 0 || block[15] != 1 || strncmp(four, "fourth", sizeof(four)) != 0;
	free(block);
	return wrong;
}

struct padded { uint8_t kind; uint64_t value; unsigned int low : 3, high : 5; bool set; };

/* Bytes between members need no value to be copied, nor do members that nobody reads. */
static int copies(void)
{
	struct padded one, two, *heap = malloc(sizeof(*heap));
	union { uint32_t word; uint8_t bytes[4]; } both = { .word = large };

	one.kind = 1;
	one.low = three;
	one.set = three > 2;
	two = one;
	memcpy(heap, &two, sizeof(two));
	int wrong = heap->kind != 1 || heap->low != 3 || !heap->set || both.bytes[0] != 0x2b;
	free(heap);
	return wrong;
}

static int sum(int count, ...)
{
	va_list rest;
	int all = 0;

	va_start(rest, count);
	while (count-- > 0)
		all += va_arg(rest, int);
	va_end(rest);
	return all;
}

static int order(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Variables of a length known at run time, again in each turn; a jump out of a block; the C library's calls back. */
static int scopes(void)
{
	char line[32];
	int numbers[5] = { 5, 3, 4, 1, 2 }, found = 0;

	for (uint32_t n = 1; n <= three; n++) {
		int turn[n];

		for (uint32_t i = 0; i < n; i++)
			turn[i] = (int)i;
		found += turn[n - 1];
		if (n == 3)
			goto out;
	}
out:
	qsort(numbers, 5, sizeof(numbers[0]), order);
	snprintf(line, sizeof(line), "%s %d %llu", "line", found, 1ull << 40);
	return numbers[0] != 1 || numbers[4] != 5 || sum(3, 1, 2, 3) != 6 || strcmp(line, "line 3 1099511627776") != 0;
}

TEE_Result TA_OpenSessionEntryPoint(uint32_t t, TEE_Param p[4], void **c)
{
	int (*const each[])(void) = { wraps, pointers, blocks, copies, scopes };

	(void)t; (void)p; (void)c;
	for (unsigned int n = 0; n < sizeof(each) / sizeof(each[0]); n++)
		if (each[n]() != 0)
			return 0x80000000u + n;
	return TEE_SUCCESS;
}
TEE_Result TA_InvokeCommandEntryPoint(void *c, uint32_t id, uint32_t t, TEE_Param p[4])
{
	/* 16 bytes are left of the product, and a header is added. */
	void *cut = malloc((large & 1) * 0x10000001u * 16u + 8);

	(void)c; (void)id; (void)t; (void)p;
	free(cut);
	return TEE_SUCCESS;
}
`;

const CLIENT = `#include <stdio.h>
#include <tee_client_api.h>

int main(int argc, char **argv)
{
	TEEC_UUID uuid = { 0x3d2c1b0a, 0x6666, 0x4222, { 0x83, 0x33, 0x44, 0x44, 0x55, 0x55, 0x66, 0x66 } };
	TEEC_Context context;
	TEEC_Session session;
	uint32_t origin = 0;

	TEEC_InitializeContext(NULL, &context);
	printf("0x%x\\n", TEEC_OpenSession(&context, &session, &uuid, TEEC_LOGIN_PUBLIC, NULL, NULL, &origin));
	if (argc > 1)
		printf("%s 0x%x\\n", argv[1], TEEC_InvokeCommand(&session, 0, NULL, &origin));
	TEEC_CloseSession(&session);
	TEEC_FinalizeContext(&context);
	return 0;
}
`;

let client: string | undefined;

function compiledClient(context: TestContext): string {
  needPrograms(context, "make, clang-19, lld-19, gcc", "make", "clang-19", "wasm-ld-19", "gcc");
  if (client !== undefined) return client;
  expect(runBin("teemem", ["device", "build", "libteec", "-o", folder], { env }).code).toBe(0);
  const source = join(folder, "client.c");
  writeFileSync(source, CLIENT);
  const header = fileURLToPath(new URL("../device/libteec", import.meta.url));
  client = join(folder, "client");
  const run = spawnSync("gcc", ["-I", header, source, join(folder, "libteec.so.2"), "-o", client], {
    encoding: "utf8",
  });
  expect(run.stderr).toBe("");
  return client;
}

test.for(["--memcheck", "--memcheck=full"])("valid C has no finding with %s", { timeout: 120_000 }, (mode, context) => {
  const program = compiledClient(context);
  const ta = writeTa(join(folder, "valid"), "valid", "3d2c1b0a-6666-4222-8333-444455556666", TA);
  expect(runBin("teemem", ["ta", "build", ta, mode], { env }).stderr).not.toContain("error:");
  expect(runBin("teemem", ["exec", mode, "--error-exitcode", "99", "--ta", ta, "--", program], { env })).toEqual({
    code: 0,
    stdout: "0x0\n",
    stderr: expect.stringContaining("memcheck: no findings"),
  });
});

test("a size that was cut is told where a header was added, by the function that asks", {
  timeout: 120_000,
}, (context) => {
  const program = compiledClient(context);
  const ta = writeTa(join(folder, "valid"), "valid", "3d2c1b0a-6666-4222-8333-444455556666", TA);
  expect(runBin("teemem", ["ta", "build", ta, "--memcheck"], { env }).stderr).not.toContain("error:");
  const ran = runBin("teemem", ["exec", "--memcheck", "--no-report", "--ta", ta, "--", program, "cut"], { env });
  expect(ran).toMatchObject({ code: 0, stdout: "0x0\ncut 0x0\n" });
  expect(ran.stderr).toMatch(/^Integer overflow: the size is what is left of an unsigned integer overflow in type /m);
  expect(ran.stderr).toContain("memcheck: 1 finding");
});
