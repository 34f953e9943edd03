/*
 * Library for LD_PRELOAD into a client of an OP-TEE: right after each call into a TA it asks the statistics TA and writes one
 * line, to the file that TEEMEM_OUT names. The client's results, its errno and its own output stay as they are.
 */
#include "call.h"
#include "real.h"
#include "ta_events.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT uint32_t TEEC_InitializeContext(const char *name, void *context)
{
	uint32_t result;

	if (!real())
		return TEEC_ERROR_NOT_IMPLEMENTED;
	result = real()->initialize(name, context);
	if (!result)
		call_context(context, name);
	return result;
}

EXPORT void TEEC_FinalizeContext(void *context)
{
	call_forget(context);
	if (real())
		real()->finalize(context);
}

EXPORT uint32_t TEEC_OpenSession(void *context, void *session, const struct teec_uuid *uuid, uint32_t method,
				 const void *data, void *operation, uint32_t *origin)
{
	struct call call = { .what = "open" };
	uint32_t own = 0;

	if (!origin)
		origin = &own;
	if (!real()) {
		*origin = TEEC_ORIGIN_API;
		return TEEC_ERROR_NOT_IMPLEMENTED;
	}
	if (uuid)
		call.uuid = *uuid;
	call_begin(&call, context);
	call.result = real()->open(context, session, uuid, method, data, operation, origin);
	call.origin = *origin;
	call_end(&call, call.result ? NULL : session);
	if (!call.result)
		ta_events_opened(session, uuid);
	return call.result;
}

EXPORT uint32_t TEEC_InvokeCommand(void *session, uint32_t command, void *operation, uint32_t *origin)
{
	struct call call = { .what = "invoke", .command = command };
	uint32_t own = 0;

	if (!origin)
		origin = &own;
	if (!real()) {
		*origin = TEEC_ORIGIN_API;
		return TEEC_ERROR_NOT_IMPLEMENTED;
	}
	call_begin(&call, session);
	call.result = real()->invoke(session, command, operation, origin);
	call.origin = *origin;
	call_end(&call, NULL);
	ta_events_fetch(session);
	return call.result;
}

EXPORT void TEEC_CloseSession(void *session)
{
	struct call call = { .what = "close", .closes = 1 };

	if (!real())
		return;
	ta_events_closing(session);
	call_begin(&call, session);
	real()->close(session);
	call_end(&call, NULL);
}
