/* The functions of the TEE Internal Core API 1.3.1, chapter by chapter. */
#ifndef TEE_API_H
#define TEE_API_H

#include <stddef.h>
#include <tee_api_types.h>
#include <tee_api_core.h>
#include <tee_api_objects.h>
#include <tee_api_storage.h>
#include <tee_api_operations.h>
#include <tee_api_time.h>
#include <tee_api_arith.h>

#endif
