/* Bugs with arrays and searches: on the stack, in a global table, and a search that finds nothing. */
#include <string.h>

#include "bugs.h"

/* Bug: ":" follows "9", and counts[10] is not there. */
TEE_Result digits(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	const char *text = params[0].memref.buffer;
	uint32_t counts[10] = { 0 };
	uint32_t most = 0;

	(void)session;
	for (size_t i = 0; i < params[0].memref.size; i++)
		if (text[i] >= '0' && text[i] <= ':')
			counts[text[i] - '0']++;
	for (uint32_t i = 1; i < 10; i++)
		if (counts[i] > counts[most])
			most = i;
	params[1].value.a = most;
	return TEE_SUCCESS;
}

static const char names[4][8] = { "none", "low", "medium", "high" };

/* Bug: the last level is 3. */
TEE_Result level(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	(void)session;
	if (params[0].value.a > 4)
		return TEE_ERROR_BAD_PARAMETERS;
	memcpy(&params[1].value.a, names[params[0].value.a], sizeof(params[1].value.a));
	return TEE_SUCCESS;
}

struct account {
	uint32_t number;
	uint32_t balance;
};

static const struct account accounts[] = { { 7, 100 }, { 11, 250 }, { 13, 0 } };

static const struct account *find(uint32_t number)
{
	for (size_t i = 0; i < sizeof(accounts) / sizeof(accounts[0]); i++)
		if (accounts[i].number == number)
			return &accounts[i];
	return NULL;
}

/* Bug: an account that is not there. */
TEE_Result balance(struct session *session, TEE_Param params[TEE_NUM_PARAMS])
{
	const struct account *account = find(params[0].value.a);

	(void)session;
	params[1].value.a = account->balance;
	return TEE_SUCCESS;
}
