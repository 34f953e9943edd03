/* The facts about the TA and its heap, from its user_ta_header_defines.h. */
#include <user_ta_header.h>
#include <user_ta_header_defines.h>

/* How the module was built, as the custom section "teemem". */
#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)
#ifdef __wasm64__
#define TARGET "wasm64"
#define WORD "8"
#else
#define TARGET "wasm32"
#define WORD "4"
#endif
__asm__(".section .custom_section.teemem,\"\",@\n"
	".ascii \"{\\\"format\\\":1,\\\"name\\\":\\\"" TEXT(TEEMEM_NAME) "\\\",\\\"optee\\\":\\\"\\\",\\\"library\\\":\\\"own\\\","
	"\\\"target\\\":\\\"" TARGET "\\\",\\\"word\\\":" WORD ",\\\"mode\\\":\\\"" TEXT(TEEMEM_MODE) "\\\"}\"\n");

#ifndef TA_FLAGS
#define TA_FLAGS TA_FLAG_USER_MODE
#endif
#ifndef TA_VERSION
#define TA_VERSION "Undefined version"
#endif
#ifndef TA_DESCRIPTION
#define TA_DESCRIPTION "Undefined description"
#endif

/* What the library takes of the stack beside the TA's own. */
#define LIBRARY_STACK 2048

const size_t ta_heap_size = TA_DATA_SIZE;

const struct ta_head ta_head = {
	.uuid = TA_UUID,
	.stack_size = TA_STACK_SIZE + LIBRARY_STACK,
	.flags = TA_FLAGS,
	.depr_entry = UINT64_MAX,
};

#define BOOL(flag) USER_TA_PROP_TYPE_BOOL, &(const bool){ (TA_FLAGS & (flag)) != 0 }
#define U32(number) USER_TA_PROP_TYPE_U32, &(const uint32_t){ (number) }

const struct user_ta_property ta_props[] = {
	{ TA_PROP_STR_SINGLE_INSTANCE, BOOL(TA_FLAG_SINGLE_INSTANCE) },
	{ TA_PROP_STR_MULTI_SESSION, BOOL(TA_FLAG_MULTI_SESSION) },
	{ TA_PROP_STR_KEEP_ALIVE, BOOL(TA_FLAG_INSTANCE_KEEP_ALIVE) },
	{ TA_PROP_STR_DATA_SIZE, U32(TA_DATA_SIZE) },
	{ TA_PROP_STR_STACK_SIZE, U32(TA_STACK_SIZE) },
	{ TA_PROP_STR_VERSION, USER_TA_PROP_TYPE_STRING, TA_VERSION },
	{ TA_PROP_STR_DESCRIPTION, USER_TA_PROP_TYPE_STRING, TA_DESCRIPTION },
	{ TA_PROP_STR_ENDIAN, U32(0) },
#ifdef TA_CURRENT_TA_EXT_PROPERTIES
	TA_CURRENT_TA_EXT_PROPERTIES
#endif
};
const size_t ta_num_props = sizeof(ta_props) / sizeof(ta_props[0]);
