/* The parameters of a call: from the client's operation into a frame, and from a reply into the operation. */
#ifndef TEEMEM_OPERATION_H
#define TEEMEM_OPERATION_H

#include "link.h"
#include "tee_client_api.h"

/* A memory reference of the client, whichever its kind. */
struct reference {
	void *memory;
	size_t size;
	/* Where the client reads the size that was used; NULL where nothing comes out. */
	size_t *used;
};

/* The parameters as the protocol has them. */
struct parameters {
	/* PARAM types, four bits each. */
	uint32_t types;
	struct reference references[TEEC_CONFIG_PAYLOAD_REF_COUNT];
};

/* Reads an operation, which may be NULL. Else a TEEC error, which is the library's own unless `origin` says otherwise. */
TEEC_Result operation_read(const struct link *link, TEEC_Operation *operation, struct parameters *parameters, uint32_t *origin);
void operation_write(const TEEC_Operation *operation, const struct parameters *parameters, struct frame *frame);
/* Puts what a reply brings into the operation. False where it is no answer to these parameters. */
int operation_answer(TEEC_Operation *operation, const struct parameters *parameters, struct reader *reply);

#endif
