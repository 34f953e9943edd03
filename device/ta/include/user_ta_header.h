/* The facts about a TA that its loader reads, under the names that a TA's user_ta_header_defines.h uses. */
#ifndef USER_TA_HEADER_H
#define USER_TA_HEADER_H

#include <tee_api_types.h>

#define TA_FLAG_USER_MODE 0
#define TA_FLAG_EXEC_DDR 0
#define TA_FLAG_SINGLE_INSTANCE (1 << 2)
#define TA_FLAG_MULTI_SESSION (1 << 3)
#define TA_FLAG_INSTANCE_KEEP_ALIVE (1 << 4)
#define TA_FLAG_SECURE_DATA_PATH (1 << 5)
#define TA_FLAG_REMAP_SUPPORT 0
#define TA_FLAG_CACHE_MAINTENANCE (1 << 7)
#define TA_FLAG_CONCURRENT (1 << 8)
#define TA_FLAG_DEVICE_ENUM (1 << 9)
#define TA_FLAG_DEVICE_ENUM_SUPP (1 << 10)
#define TA_FLAG_DONT_CLOSE_HANDLE_ON_CORRUPT_OBJECT (1 << 11)
#define TA_FLAG_DEVICE_ENUM_TEE_STORAGE_PRIVATE (1 << 12)
#define TA_FLAG_INSTANCE_KEEP_CRASHED (1 << 13)

struct ta_head {
	TEE_UUID uuid;
	uint32_t stack_size;
	uint32_t flags;
	uint64_t depr_entry;
};

#define TA_PROP_STR_SINGLE_INSTANCE "gpd.ta.singleInstance"
#define TA_PROP_STR_MULTI_SESSION "gpd.ta.multiSession"
#define TA_PROP_STR_KEEP_ALIVE "gpd.ta.instanceKeepAlive"
#define TA_PROP_STR_DATA_SIZE "gpd.ta.dataSize"
#define TA_PROP_STR_STACK_SIZE "gpd.ta.stackSize"
#define TA_PROP_STR_VERSION "gpd.ta.version"
#define TA_PROP_STR_DESCRIPTION "gpd.ta.description"
#define TA_PROP_STR_ENDIAN "gpd.ta.endian"

enum user_ta_prop_type {
	USER_TA_PROP_TYPE_BOOL,
	USER_TA_PROP_TYPE_U32,
	USER_TA_PROP_TYPE_UUID,
	USER_TA_PROP_TYPE_IDENTITY,
	USER_TA_PROP_TYPE_STRING,
	USER_TA_PROP_TYPE_BINARY_BLOCK,
	USER_TA_PROP_TYPE_U64,
	USER_TA_PROP_TYPE_INVALID
};

struct user_ta_property {
	const char *name;
	enum user_ta_prop_type type;
	const void *value;
};

extern const struct ta_head ta_head;
extern uint8_t ta_heap[];
extern const size_t ta_heap_size;
extern const struct user_ta_property ta_props[];
extern const size_t ta_num_props;

#endif
