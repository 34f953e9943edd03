/* Clocks and waiting: TEE Internal Core API 1.3.1, chapter 7. */
#ifndef TEE_API_TIME_H
#define TEE_API_TIME_H

#include <tee_api_types.h>

void TEE_GetSystemTime(TEE_Time *time);
TEE_Result TEE_Wait(uint32_t milliseconds);
TEE_Result TEE_GetTAPersistentTime(TEE_Time *time);
TEE_Result TEE_SetTAPersistentTime(const TEE_Time *time);
void TEE_GetREETime(TEE_Time *time);

#endif
