/* Big numbers: TEE Internal Core API 1.3.1, chapter 8. */
#ifndef TEE_API_ARITH_H
#define TEE_API_ARITH_H

#include <tee_api_types.h>

/* Words of a number of so many bits. */
#define TEE_BigIntSizeInU32(bits) ((((bits) + 31) / 32) + 2)

size_t TEE_BigIntFMMContextSizeInU32(size_t modulusSizeInBits);
size_t TEE_BigIntFMMSizeInU32(size_t modulusSizeInBits);
void TEE_BigIntInit(TEE_BigInt *number, size_t words);
TEE_Result TEE_BigIntInitFMMContext1(TEE_BigIntFMMContext *context, size_t words, const TEE_BigInt *modulus);
void TEE_BigIntInitFMMContext(TEE_BigIntFMMContext *context, size_t words, const TEE_BigInt *modulus);
void TEE_BigIntInitFMM(TEE_BigIntFMM *number, size_t words);

TEE_Result TEE_BigIntConvertFromOctetString(TEE_BigInt *to, const uint8_t *buffer, size_t size, int32_t sign);
TEE_Result TEE_BigIntConvertToOctetString(uint8_t *buffer, TEE_Size *size, const TEE_BigInt *number);
void TEE_BigIntConvertFromS32(TEE_BigInt *to, int32_t value);
TEE_Result TEE_BigIntConvertToS32(int32_t *to, const TEE_BigInt *number);

int32_t TEE_BigIntCmp(const TEE_BigInt *a, const TEE_BigInt *b);
int32_t TEE_BigIntCmpS32(const TEE_BigInt *number, int32_t value);
void TEE_BigIntShiftRight(TEE_BigInt *to, const TEE_BigInt *number, size_t bits);
bool TEE_BigIntGetBit(const TEE_BigInt *number, uint32_t bit);
uint32_t TEE_BigIntGetBitCount(const TEE_BigInt *number);
TEE_Result TEE_BigIntSetBit(TEE_BigInt *number, uint32_t bit, bool value);
TEE_Result TEE_BigIntAssign(TEE_BigInt *to, const TEE_BigInt *from);
TEE_Result TEE_BigIntAbs(TEE_BigInt *to, const TEE_BigInt *number);

void TEE_BigIntAdd(TEE_BigInt *to, const TEE_BigInt *a, const TEE_BigInt *b);
void TEE_BigIntSub(TEE_BigInt *to, const TEE_BigInt *a, const TEE_BigInt *b);
void TEE_BigIntNeg(TEE_BigInt *to, const TEE_BigInt *number);
void TEE_BigIntMul(TEE_BigInt *to, const TEE_BigInt *a, const TEE_BigInt *b);
void TEE_BigIntSquare(TEE_BigInt *to, const TEE_BigInt *number);
void TEE_BigIntDiv(TEE_BigInt *quotient, TEE_BigInt *remainder, const TEE_BigInt *a, const TEE_BigInt *b);

void TEE_BigIntMod(TEE_BigInt *to, const TEE_BigInt *number, const TEE_BigInt *n);
void TEE_BigIntAddMod(TEE_BigInt *to, const TEE_BigInt *a, const TEE_BigInt *b, const TEE_BigInt *n);
void TEE_BigIntSubMod(TEE_BigInt *to, const TEE_BigInt *a, const TEE_BigInt *b, const TEE_BigInt *n);
void TEE_BigIntMulMod(TEE_BigInt *to, const TEE_BigInt *a, const TEE_BigInt *b, const TEE_BigInt *n);
void TEE_BigIntSquareMod(TEE_BigInt *to, const TEE_BigInt *number, const TEE_BigInt *n);
void TEE_BigIntInvMod(TEE_BigInt *to, const TEE_BigInt *number, const TEE_BigInt *n);
TEE_Result TEE_BigIntExpMod(TEE_BigInt *to, const TEE_BigInt *base, const TEE_BigInt *exponent, const TEE_BigInt *n,
			    const TEE_BigIntFMMContext *context);

bool TEE_BigIntRelativePrime(const TEE_BigInt *a, const TEE_BigInt *b);
void TEE_BigIntComputeExtendedGcd(TEE_BigInt *gcd, TEE_BigInt *u, TEE_BigInt *v, const TEE_BigInt *a,
				  const TEE_BigInt *b);
int32_t TEE_BigIntIsProbablePrime(const TEE_BigInt *number, uint32_t confidence);
void TEE_BigIntConvertToFMM(TEE_BigIntFMM *to, const TEE_BigInt *from, const TEE_BigInt *n,
			    const TEE_BigIntFMMContext *context);
void TEE_BigIntConvertFromFMM(TEE_BigInt *to, const TEE_BigIntFMM *from, const TEE_BigInt *n,
			      const TEE_BigIntFMMContext *context);
void TEE_BigIntComputeFMM(TEE_BigIntFMM *to, const TEE_BigIntFMM *a, const TEE_BigIntFMM *b, const TEE_BigInt *n,
			  const TEE_BigIntFMMContext *context);

#endif
