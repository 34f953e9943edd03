/* Sizes of numbers for fast multiplication, which are ordinary numbers here: TEE Internal Core API 1.3.1, 8.5 and 8.6. */
#include <tee_internal_api.h>

size_t TEE_BigIntFMMContextSizeInU32(size_t modulusSizeInBits)
{
	(void)modulusSizeInBits;
	return 2;
}

size_t TEE_BigIntFMMSizeInU32(size_t modulusSizeInBits)
{
	return TEE_BigIntSizeInU32(modulusSizeInBits);
}

TEE_Result TEE_BigIntInitFMMContext1(TEE_BigIntFMMContext *context, size_t words, const TEE_BigInt *modulus)
{
	(void)modulus;
	TEE_MemFill(context, 0, words * sizeof(*context));
	return TEE_SUCCESS;
}

void TEE_BigIntInitFMMContext(TEE_BigIntFMMContext *context, size_t words, const TEE_BigInt *modulus)
{
	(void)TEE_BigIntInitFMMContext1(context, words, modulus);
}

void TEE_BigIntInitFMM(TEE_BigIntFMM *number, size_t words)
{
	TEE_BigIntInit(number, words);
}
