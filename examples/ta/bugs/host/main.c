/* The client of the TA "bugs": performs commands by name, with ordinary input or with the input that brings the bug out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bugs_ta.h>
#include <tee_client_api.h>

#include "inputs.h"

/* Which parameters a command takes: bytes or a value in, bytes or a value out. */
static uint32_t types_of(uint32_t command)
{
	switch (command) {
	case BUGS_LABEL:
	case BUGS_NOTE_KEEP:
		return TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_INPUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	case BUGS_NOTE_DROP:
		return TEEC_PARAM_TYPES(TEEC_NONE, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	case BUGS_NOTE_READ:
	case BUGS_VERSION:
		return TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_OUTPUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	case BUGS_SEAL:
		return TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_INPUT, TEEC_MEMREF_TEMP_OUTPUT, TEEC_NONE, TEEC_NONE);
	case BUGS_TURN:
		return TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_INOUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	case BUGS_HOARD:
		return TEEC_PARAM_TYPES(TEEC_VALUE_INPUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	case BUGS_LEVEL:
	case BUGS_BALANCE:
	case BUGS_RECORDS:
		return TEEC_PARAM_TYPES(TEEC_VALUE_INPUT, TEEC_VALUE_OUTPUT, TEEC_NONE, TEEC_NONE);
	default:
		return TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_INPUT, TEEC_VALUE_OUTPUT, TEEC_NONE, TEEC_NONE);
	}
}

/* Fills in what the type says; `in` and `out` have room for it. */
static void fill(TEEC_Parameter *parameter, uint32_t type, const struct call *call, void *in, void *out)
{
	switch (type) {
	case TEEC_MEMREF_TEMP_INPUT:
	case TEEC_MEMREF_TEMP_INOUT:
		parameter->tmpref = (TEEC_TempMemoryReference){ in, call->in_size };
		break;
	case TEEC_MEMREF_TEMP_OUTPUT:
		parameter->tmpref = (TEEC_TempMemoryReference){ out, call->out_size };
		break;
	case TEEC_VALUE_INPUT:
		parameter->value.a = call->a;
		break;
	default:
		break;
	}
}

static TEEC_Result perform(TEEC_Session *session, const struct call *call)
{
	TEEC_Operation operation = { .paramTypes = types_of(call->command) };
	unsigned char in[4096] = { 0 }, out[64] = { 0 };
	uint32_t origin = 0;
	TEEC_Result code;

	if (call->in)
		memcpy(in, call->in, call->in_size);
	for (int i = 0; i < 2; i++)
		fill(&operation.params[i], TEEC_PARAM_TYPE_GET(operation.paramTypes, i), call, in, out);
	code = TEEC_InvokeCommand(session, call->command, &operation, &origin);
	printf("  command %2u: 0x%08x", call->command, code);
	if (!code && TEEC_PARAM_TYPE_GET(operation.paramTypes, 1) == TEEC_VALUE_OUTPUT)
		printf(", %u", operation.params[1].value.a);
	printf("\n");
	return code;
}

/* All calls of one kind, in a session of their own. True if the TA answered each of them. */
static int run(TEEC_Context *context, const struct call calls[3])
{
	static const TEEC_UUID uuid = BUGS_TA_UUID;
	TEEC_Result code = TEEC_SUCCESS;
	TEEC_Session session;
	uint32_t origin;

	if (TEEC_OpenSession(context, &session, &uuid, TEEC_LOGIN_PUBLIC, NULL, NULL, &origin)) {
		fprintf(stderr, "there is no TA \"bugs\"\n");
		return 0;
	}
	for (int i = 0; i < 3 && calls[i].command != UINT32_MAX && code != TEEC_ERROR_TARGET_DEAD; i++)
		code = perform(&session, &calls[i]);
	TEEC_CloseSession(&session);
	return code != TEEC_ERROR_TARGET_DEAD;
}

int main(int argc, char **argv)
{
	const int bad = argc > 2 && !strcmp(argv[2], "bad");
	TEEC_Context context;
	int well = 1;

	if (argc < 2) {
		printf("bugs NAME [bad], or bugs all: ordinary input, or the input that brings the bug out\n");
		for (size_t i = 0; i < input_count; i++)
			printf("  %-8s %s\n", inputs[i].name, inputs[i].bug);
		return EXIT_SUCCESS;
	}
	if (TEEC_InitializeContext(NULL, &context)) {
		fprintf(stderr, "there is no TEE\n");
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < input_count; i++) {
		if (strcmp(argv[1], "all") && strcmp(argv[1], inputs[i].name))
			continue;
		printf("%s\n", inputs[i].name);
		well &= run(&context, bad ? inputs[i].bad : inputs[i].good);
	}
	TEEC_FinalizeContext(&context);
	return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
