/* UUIDs as bytes, the most significant first. */
#include <string.h>
#include <tee_internal_api_extensions.h>

void tee_uuid_to_octets(uint8_t *to, const TEE_UUID *from)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(from->timeLow >> (24 - 8 * i));
	to[4] = (uint8_t)(from->timeMid >> 8);
	to[5] = (uint8_t)from->timeMid;
	to[6] = (uint8_t)(from->timeHiAndVersion >> 8);
	to[7] = (uint8_t)from->timeHiAndVersion;
	memcpy(to + 8, from->clockSeqAndNode, sizeof(from->clockSeqAndNode));
}

void tee_uuid_from_octets(TEE_UUID *to, const uint8_t *from)
{
	to->timeLow = (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
	to->timeMid = (uint16_t)(from[4] << 8 | from[5]);
	to->timeHiAndVersion = (uint16_t)(from[6] << 8 | from[7]);
	memcpy(to->clockSeqAndNode, from + 8, sizeof(to->clockSeqAndNode));
}
