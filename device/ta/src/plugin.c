/* Calls of plugins of the normal world, by the pseudo TA that has them. */
#include <tee_internal_api_extensions.h>
#include <tee_internal_api.h>

#define SYSTEM_UUID { 0x3a2f8978, 0x5dc0, 0x11e8, { 0x9c, 0x2d, 0xfa, 0x7a, 0xe0, 0x1b, 0xbe, 0xbc } }
#define SUPP_PLUGIN_INVOKE 13

TEE_Result tee_invoke_supp_plugin(const TEE_UUID *uuid, uint32_t cmd, uint32_t sub_cmd, void *buf, size_t len,
				  size_t *outlen)
{
	static const TEE_UUID system = SYSTEM_UUID;
	TEE_TASessionHandle session = TEE_HANDLE_NULL;
	TEE_Param params[TEE_NUM_PARAMS] = { 0 };
	TEE_Result code;

	if (!uuid || (len && !buf) || !outlen)
		return TEE_ERROR_BAD_PARAMETERS;
	params[0].memref.buffer = (void *)uuid;
	params[0].memref.size = sizeof(*uuid);
	params[1].value.a = cmd;
	params[1].value.b = sub_cmd;
	params[2].memref.buffer = buf;
	params[2].memref.size = len;
	code = TEE_OpenTASession(&system, TEE_TIMEOUT_INFINITE, 0, NULL, &session, NULL);
	if (code)
		return code;
	code = TEE_InvokeTACommand(session, TEE_TIMEOUT_INFINITE, SUPP_PLUGIN_INVOKE,
				   TEE_PARAM_TYPES(TEE_PARAM_TYPE_MEMREF_INPUT, TEE_PARAM_TYPE_VALUE_INPUT,
						   TEE_PARAM_TYPE_MEMREF_INOUT, TEE_PARAM_TYPE_VALUE_OUTPUT),
				   params, NULL);
	*outlen = params[3].value.a;
	TEE_CloseTASession(session);
	return code;
}
