/* Contexts, sessions and calls of the TEE Client API. */
#include <stdlib.h>
#include <string.h>

#include "abi.h"
#include "identity.h"
#include "link.h"
#include "operation.h"

/* What a call gives the client. */
struct outcome {
	TEEC_Result code;
	uint32_t origin, session;
};

static const struct outcome FAILED = { TEEC_ERROR_COMMUNICATION, TEEC_ORIGIN_COMMS, 0 };

/* Adds the parameters to a frame, makes the call, and puts what comes out into the operation. Frees the frame. */
static struct outcome perform(struct link *link, struct frame *frame, TEEC_Operation *operation)
{
	struct parameters parameters;
	struct outcome outcome = { 0 };
	struct reply reply;

	outcome.code = operation_read(link, operation, &parameters, &outcome.origin);
	if (!outcome.code) {
		operation_write(operation, &parameters, frame);
		if (frame->failed)
			outcome.code = TEEC_ERROR_OUT_OF_MEMORY;
	}
	if (outcome.code) {
		frame_free(frame);
		return outcome;
	}
	outcome = FAILED;
	if (link_ask(link, frame, operation, &reply) && operation_answer(operation, &parameters, &reply.params))
		outcome = (struct outcome){ reply.code, reply.origin, reply.session };
	free(reply.body);
	return outcome;
}

static TEEC_Result tell(struct outcome outcome, uint32_t *origin)
{
	if (origin)
		*origin = outcome.origin;
	return outcome.code;
}

static TEEC_Result wrong(TEEC_Result code, uint32_t from, uint32_t *origin)
{
	return tell((struct outcome){ code, from, 0 }, origin);
}

EXPORT TEEC_Result TEEC_InitializeContext(const char *name, TEEC_Context *context)
{
	struct link *link;

	if (!context)
		return TEEC_ERROR_BAD_PARAMETERS;
	if (name && strcmp(name, "optee-tz"))
		return TEEC_ERROR_ITEM_NOT_FOUND;
	link = link_open();
	if (!link)
		return TEEC_ERROR_ITEM_NOT_FOUND;
	memset(context, 0, sizeof(*context));
	context->imp.number = link_number(link);
	context->imp.registers = 1;
	context->imp.passes_null = 1;
	link_drop(link);
	return TEEC_SUCCESS;
}

EXPORT void TEEC_FinalizeContext(TEEC_Context *context)
{
	if (context)
		link_close(context->imp.number);
}

/* With a login other than public, the frame says as whom. */
static void begin_open(struct frame *frame, const TEEC_UUID *uuid, uint32_t method, uint32_t identity)
{
	uint8_t bytes[16];

	frame_begin(frame, method == TEEC_LOGIN_PUBLIC ? FRAME_OPEN : FRAME_LOGIN);
	frame_word(frame, uuid->timeLow);
	bytes[0] = (uint8_t)uuid->timeMid;
	bytes[1] = (uint8_t)(uuid->timeMid >> 8);
	bytes[2] = (uint8_t)uuid->timeHiAndVersion;
	bytes[3] = (uint8_t)(uuid->timeHiAndVersion >> 8);
	memcpy(bytes + 4, uuid->clockSeqAndNode, 8);
	frame_bytes(frame, bytes, 12);
	if (method == TEEC_LOGIN_PUBLIC)
		return;
	frame_word(frame, method);
	frame_word(frame, identity);
}

EXPORT TEEC_Result TEEC_OpenSession(TEEC_Context *context, TEEC_Session *session, const TEEC_UUID *destination,
				    uint32_t method, const void *data, TEEC_Operation *operation, uint32_t *origin)
{
	struct outcome outcome;
	struct frame frame;
	struct link *link;
	uint32_t identity;
	TEEC_Result refused;

	if (!context || !session || !destination)
		return wrong(TEEC_ERROR_BAD_PARAMETERS, TEEC_ORIGIN_API, origin);
	refused = identity_of(method, data, &identity);
	if (refused)
		return wrong(refused, TEEC_ORIGIN_COMMS, origin);
	link = link_find(context->imp.number);
	if (!link)
		return wrong(TEEC_ERROR_GENERIC, TEEC_ORIGIN_COMMS, origin);
	begin_open(&frame, destination, method, identity);
	outcome = perform(link, &frame, operation);
	link_drop(link);
	if (outcome.code == TEEC_SUCCESS) {
		session->imp.context = context;
		session->imp.number = outcome.session;
	}
	return tell(outcome, origin);
}

EXPORT TEEC_Result TEEC_InvokeCommand(TEEC_Session *session, uint32_t command, TEEC_Operation *operation, uint32_t *origin)
{
	struct outcome outcome;
	struct frame frame;
	struct link *link;

	if (!session || !session->imp.context)
		return wrong(TEEC_ERROR_BAD_PARAMETERS, TEEC_ORIGIN_API, origin);
	link = link_find(session->imp.context->imp.number);
	if (!link)
		return wrong(TEEC_ERROR_GENERIC, TEEC_ORIGIN_COMMS, origin);
	if (operation)
		operation->imp.session = session;
	frame_begin(&frame, FRAME_INVOKE);
	frame_word(&frame, session->imp.number);
	frame_word(&frame, command);
	outcome = perform(link, &frame, operation);
	link_drop(link);
	return tell(outcome, origin);
}

EXPORT void TEEC_CloseSession(TEEC_Session *session)
{
	struct reply reply;
	struct frame frame;
	struct link *link;

	if (!session || !session->imp.context)
		return;
	link = link_find(session->imp.context->imp.number);
	if (!link)
		return;
	frame_begin(&frame, FRAME_CLOSE);
	frame_word(&frame, session->imp.number);
	if (frame.failed)
		frame_free(&frame);
	else {
		link_ask(link, &frame, NULL, &reply);
		free(reply.body);
	}
	link_drop(link);
}

EXPORT void TEEC_RequestCancellation(TEEC_Operation *operation)
{
	if (operation)
		link_cancel(operation);
}
