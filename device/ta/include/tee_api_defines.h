/* The numbers of the TEE Internal Core API 1.3.1, kind by kind. */
#ifndef TEE_API_DEFINES_H
#define TEE_API_DEFINES_H

#include <tee_ids/core.h>
#include <tee_ids/errors.h>
#include <tee_ids/storage.h>
#include <tee_ids/types.h>
#include <tee_ids/attributes.h>
#include <tee_ids/algorithms.h>
#include <tee_ids/operations.h>

#endif
