/* A TA with a bug of each kind: its sessions, and which function performs a command. */
#include "bugs.h"
#include <bugs_ta.h>

#define NONE TEE_PARAM_TYPE_NONE
#define BYTES_IN TEE_PARAM_TYPE_MEMREF_INPUT
#define BYTES_OUT TEE_PARAM_TYPE_MEMREF_OUTPUT
#define BYTES TEE_PARAM_TYPE_MEMREF_INOUT
#define VALUE_IN TEE_PARAM_TYPE_VALUE_INPUT
#define VALUE_OUT TEE_PARAM_TYPE_VALUE_OUTPUT

static const struct {
	uint32_t types;
	command *perform;
} commands[] = {
	[BUGS_MEDIAN] = { TEE_PARAM_TYPES(BYTES_IN, VALUE_OUT, NONE, NONE), median },
	[BUGS_LABEL] = { TEE_PARAM_TYPES(BYTES_IN, NONE, NONE, NONE), label },
	[BUGS_NOTE_KEEP] = { TEE_PARAM_TYPES(BYTES_IN, NONE, NONE, NONE), note_keep },
	[BUGS_NOTE_DROP] = { TEE_PARAM_TYPES(NONE, NONE, NONE, NONE), note_drop },
	[BUGS_NOTE_READ] = { TEE_PARAM_TYPES(BYTES_OUT, NONE, NONE, NONE), note_read },
	[BUGS_SETTING] = { TEE_PARAM_TYPES(BYTES_IN, VALUE_OUT, NONE, NONE), setting },
	[BUGS_PACKET] = { TEE_PARAM_TYPES(BYTES_IN, VALUE_OUT, NONE, NONE), packet },
	[BUGS_VERSION] = { TEE_PARAM_TYPES(BYTES_OUT, NONE, NONE, NONE), version },
	[BUGS_DIGITS] = { TEE_PARAM_TYPES(BYTES_IN, VALUE_OUT, NONE, NONE), digits },
	[BUGS_LEVEL] = { TEE_PARAM_TYPES(VALUE_IN, VALUE_OUT, NONE, NONE), level },
	[BUGS_BALANCE] = { TEE_PARAM_TYPES(VALUE_IN, VALUE_OUT, NONE, NONE), balance },
	[BUGS_SEAL] = { TEE_PARAM_TYPES(BYTES_IN, BYTES_OUT, NONE, NONE), seal },
	[BUGS_RECORDS] = { TEE_PARAM_TYPES(VALUE_IN, VALUE_OUT, NONE, NONE), records },
	[BUGS_TURN] = { TEE_PARAM_TYPES(BYTES, NONE, NONE, NONE), turn },
	[BUGS_HOARD] = { TEE_PARAM_TYPES(VALUE_IN, NONE, NONE, NONE), hoard },
	[BUGS_ITEMS] = { TEE_PARAM_TYPES(BYTES_IN, VALUE_OUT, NONE, NONE), items },
	[BUGS_DEPTH] = { TEE_PARAM_TYPES(BYTES_IN, VALUE_OUT, NONE, NONE), depth },
};

TEE_Result TA_CreateEntryPoint(void)
{
	return TEE_SUCCESS;
}

void TA_DestroyEntryPoint(void)
{
}

TEE_Result TA_OpenSessionEntryPoint(uint32_t types, TEE_Param params[TEE_NUM_PARAMS], void **context)
{
	(void)params;
	if (types != TEE_PARAM_TYPES(NONE, NONE, NONE, NONE))
		return TEE_ERROR_BAD_PARAMETERS;
	*context = TEE_Malloc(sizeof(struct session), TEE_MALLOC_FILL_ZERO);
	return *context ? TEE_SUCCESS : TEE_ERROR_OUT_OF_MEMORY;
}

void TA_CloseSessionEntryPoint(void *context)
{
	struct session *session = context;

	while (session->hoard) {
		struct hoard *first = session->hoard;

		session->hoard = first->next;
		TEE_Free(first);
	}
	if (session->note_size)
		TEE_Free(session->note);
	TEE_Free(session);
}

TEE_Result TA_InvokeCommandEntryPoint(void *context, uint32_t id, uint32_t types, TEE_Param params[TEE_NUM_PARAMS])
{
	if (id >= sizeof(commands) / sizeof(commands[0]))
		return TEE_ERROR_NOT_SUPPORTED;
	if (types != commands[id].types)
		return TEE_ERROR_BAD_PARAMETERS;
	return commands[id].perform(context, params);
}
