/* Entries into the TA: the host calls __utee_entry, which starts the instance, keeps its sessions and passes parameters on. */
#include <malloc.h>
#include <tee_internal_api.h>
#include <user_ta_header.h>

#include "host.h"

enum { OPEN_SESSION, CLOSE_SESSION, INVOKE_COMMAND };

/* The parameters of an entry: two words for each of the four. */
struct utee_params {
	uint64_t types;
	uint64_t words[TEE_NUM_PARAMS * 2];
};

struct session {
	uint32_t id;
	void *context;
	struct session *next;
};

TEE_Result __utee_entry(unsigned long function, unsigned long id, struct utee_params *up, unsigned long command);

static struct session *sessions;
static bool started;
static const void *instance_data;

void TEE_SetInstanceData(const void *data)
{
	instance_data = data;
}

const void *TEE_GetInstanceData(void)
{
	return instance_data;
}

static uint32_t load(const struct utee_params *up, TEE_Param params[TEE_NUM_PARAMS])
{
	const uint32_t types = (uint32_t)up->types;

	for (int i = 0; i < TEE_NUM_PARAMS; i++) {
		const uint64_t *words = up->words + 2 * i;

		if (TEE_PARAM_TYPE_GET(types, i) >= TEE_PARAM_TYPE_MEMREF_INPUT) {
			params[i].memref.buffer = (void *)(uintptr_t)words[0];
			params[i].memref.size = (size_t)words[1];
		} else {
			params[i].value.a = (uint32_t)words[0];
			params[i].value.b = (uint32_t)words[1];
		}
	}
	return types;
}

static void store(struct utee_params *up, const TEE_Param params[TEE_NUM_PARAMS])
{
	for (int i = 0; i < TEE_NUM_PARAMS; i++) {
		uint64_t *words = up->words + 2 * i;

		switch (TEE_PARAM_TYPE_GET(up->types, i)) {
		case TEE_PARAM_TYPE_VALUE_OUTPUT:
		case TEE_PARAM_TYPE_VALUE_INOUT:
			words[0] = params[i].value.a;
			words[1] = params[i].value.b;
			break;
		case TEE_PARAM_TYPE_MEMREF_OUTPUT:
		case TEE_PARAM_TYPE_MEMREF_INOUT:
			words[1] = params[i].memref.size;
			break;
		default:
			break;
		}
	}
}

static struct session **place_of(uint32_t id)
{
	struct session **at = &sessions;

	while (*at && (*at)->id != id)
		at = &(*at)->next;
	return at;
}

static void end(struct session **at)
{
	struct session *s = *at;

	*at = s->next;
	teemem_remove_session(s);
}

/* Of the linker: what the module does before its first entry, such as constructors of C++. */
void __wasm_call_ctors(void);

static TEE_Result start(void)
{
	if (started)
		return TEE_SUCCESS;
	started = true;
	__wasm_call_ctors();
	malloc_add_pool(ta_heap, ta_heap_size);
	return teemem_start() ? TA_CreateEntryPoint() : TEE_ERROR_OUT_OF_MEMORY;
}

static TEE_Result open_session(uint32_t id, struct utee_params *up)
{
	TEE_Param params[TEE_NUM_PARAMS];
	const uint32_t types = load(up, params);
	TEE_Result code = start();
	struct session *s;

	if (code)
		return code;
	s = teemem_add_session();
	if (!s)
		return TEE_ERROR_OUT_OF_MEMORY;
	*s = (struct session){ .id = id, .next = sessions };
	sessions = s;
	code = TA_OpenSessionEntryPoint(types, params, &s->context);
	store(up, params);
	if (code)
		end(place_of(id));
	return code;
}

static TEE_Result close_session(uint32_t id)
{
	struct session **at = place_of(id);

	if (!*at)
		return TEE_ERROR_BAD_STATE;
	TA_CloseSessionEntryPoint((*at)->context);
	end(at);
	if (!sessions && !((ta_head.flags & TA_FLAG_SINGLE_INSTANCE) && (ta_head.flags & TA_FLAG_INSTANCE_KEEP_ALIVE))) {
		TA_DestroyEntryPoint();
		teemem_stop();
	}
	return TEE_SUCCESS;
}

static TEE_Result invoke(uint32_t id, struct utee_params *up, uint32_t command)
{
	TEE_Param params[TEE_NUM_PARAMS];
	struct session *s = *place_of(id);
	TEE_Result code;

	if (!s)
		return TEE_ERROR_BAD_STATE;
	code = TA_InvokeCommandEntryPoint(s->context, command, load(up, params), params);
	store(up, params);
	return code;
}

TEE_Result __utee_entry(unsigned long function, unsigned long id, struct utee_params *up, unsigned long command)
{
	switch (function) {
	case OPEN_SESSION:
		return open_session((uint32_t)id, up);
	case CLOSE_SESSION:
		return close_session((uint32_t)id);
	case INVOKE_COMMAND:
		return invoke((uint32_t)id, up, (uint32_t)command);
	default:
		return TEE_ERROR_NOT_SUPPORTED;
	}
}
