/* A note that a session keeps from one command to the next. Bug: dropped, it is still read. */
#include <string.h>

#include "bugs.h"

static void drop(struct session *session)
{
	if (session->note_size)
		TEE_Free(session->note);
	session->note_size = 0;
}

TEE_Result note_keep(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	const size_t size = params[0].memref.size;

	drop(session);
	session->note = NULL;
	if (!size)
		return TEE_SUCCESS;
	session->note = TEE_Malloc(size, TEE_MALLOC_FILL_ZERO);
	if (!session->note)
		return TEE_ERROR_OUT_OF_MEMORY;
	memcpy(session->note, params[0].memref.buffer, size);
	session->note_size = size;
	return TEE_SUCCESS;
}

TEE_Result note_drop(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	(void)params;
	drop(session);
	return TEE_SUCCESS;
}

/* Bug: looks at the pointer, which NOTE_DROP leaves, and reads a letter to see whether the note is empty. */
TEE_Result note_read(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	if (!session->note || !session->note[0])
		return TEE_ERROR_NO_DATA;
	if (params[0].memref.size < session->note_size) {
		params[0].memref.size = session->note_size;
		return TEE_ERROR_SHORT_BUFFER;
	}
	memcpy(params[0].memref.buffer, session->note, session->note_size);
	params[0].memref.size = session->note_size;
	return TEE_SUCCESS;
}
