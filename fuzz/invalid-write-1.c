// Invalid write in label (ta/heap.c:18)
// TA: bugs
// cc thisfile.c -lteec; teemem exec --memcheck --ta FOLDER -- ./a.out
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <tee_client_api.h>

int main(void)
{
	TEEC_UUID uuid = { 0xbccbe7f3, 0x4243, 0x412d, { 0xab, 0xe0, 0xb8, 0xd9, 0x93, 0x58, 0x2a, 0xd4 } };
	TEEC_Context context;
	TEEC_Session session;
	TEEC_Operation operation;
	uint32_t origin = 0;
	TEEC_Result code = TEEC_InitializeContext(NULL, &context);

	{
	memset(&operation, 0, sizeof(operation));
	operation.paramTypes = TEEC_PARAM_TYPES(TEEC_NONE, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	if (code == TEEC_SUCCESS)
		code = TEEC_OpenSession(&context, &session, &uuid, TEEC_LOGIN_PUBLIC, NULL, &operation, &origin);
	}
	if (code != TEEC_SUCCESS) {
		fprintf(stderr, "no session: 0x%08x\n", code);
		return 1;
	}
	{
	memset(&operation, 0, sizeof(operation));
	operation.paramTypes = TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_INPUT, TEEC_NONE, TEEC_NONE, TEEC_NONE);
	static uint8_t bytes_0[18] =
		"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
		"\x00";
	operation.params[0].tmpref.buffer = bytes_0;
	operation.params[0].tmpref.size = 17;
	code = TEEC_InvokeCommand(&session, 0x1, &operation, &origin);
	printf("command 0x1: 0x%08x\n", code);
	}

	TEEC_CloseSession(&session);
	TEEC_FinalizeContext(&context);
	return 0;
}
