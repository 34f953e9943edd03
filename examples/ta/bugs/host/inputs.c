/* The inputs of each command. */
#include <bugs_ta.h>

#include "inputs.h"

#define TEXT(text) text, sizeof(text) - 1


/* A command of which nothing is asked. */
#define END { .command = UINT32_MAX }

/* The rest are zeros. */
static const uint32_t numbers[1000] = { 31, 4, 15, 92, 65 };

const struct input inputs[] = {
	{ "median", "none: its peak is gone when it returns",
	  { { BUGS_MEDIAN, numbers, sizeof(numbers) }, END }, { END } },
	{ "label", "a loop takes one too many",
	  { { BUGS_LABEL, TEXT("a label") }, END }, { { BUGS_LABEL, TEXT("a label that is too long") }, END } },
	{ "note", "used after it was freed, a command later",
	  { { BUGS_NOTE_KEEP, TEXT("milk, bread") }, { .command = BUGS_NOTE_READ, .out_size = 64 }, END },
	  { { BUGS_NOTE_KEEP, TEXT("milk, bread") }, { .command = BUGS_NOTE_DROP },
	    { .command = BUGS_NOTE_READ, .out_size = 64 } } },
	{ "setting", "freed twice on the way of an error",
	  { { BUGS_SETTING, TEXT("colour=blue") }, END }, { { BUGS_SETTING, TEXT("colour") }, END } },
	{ "packet", "never freed on the way of an error",
	  { { BUGS_PACKET, TEXT("\1abc") }, END }, { { BUGS_PACKET, TEXT("\2abc") }, END } },
	{ "version", "the client's buffer is smaller than what is written",
	  { { .command = BUGS_VERSION, .out_size = 64 }, END }, { { .command = BUGS_VERSION, .out_size = 8 }, END } },
	{ "digits", "one beyond an array on the stack",
	  { { BUGS_DIGITS, TEXT("3 and 33") }, END }, { { BUGS_DIGITS, TEXT("at 3:33") }, END } },
	{ "level", "one beyond a global table",
	  { { BUGS_LEVEL, .a = 2 }, END }, { { BUGS_LEVEL, .a = 4 }, END } },
	{ "balance", "NULL",
	  { { BUGS_BALANCE, .a = 11 }, END }, { { BUGS_BALANCE, .a = 12 }, END } },
	{ "seal", "a key of which not all bytes are set",
	  { { BUGS_SEAL, TEXT("thirty-two letters are just right"), 0, 16 }, END },
	  { { BUGS_SEAL, TEXT("too short"), 0, 16 }, END } },
	{ "records", "a product that 32 bits do not hold",
	  { { BUGS_RECORDS, .a = 10 }, END }, { { BUGS_RECORDS, .a = 0x10000001 }, END } },
	{ "turn", "shared memory is read twice",
	  { { BUGS_TURN, TEXT("\3\0\0\0abc"), 0, 7 }, END }, { { BUGS_TURN, TEXT("\3\0\0\0abc"), 0, 7 }, END } },
	{ "hoard", "out of memory",
	  { { BUGS_HOARD, .a = 1000 }, { BUGS_HOARD, .a = 1000 }, END }, { { BUGS_HOARD, .a = 20000 }, { BUGS_HOARD, .a = 20000 }, END } },
	{ "items", "a loop without end",
	  { { BUGS_ITEMS, TEXT("\2a\3bc") }, END }, { { BUGS_ITEMS, TEXT("\2a\0bc") }, END } },
	{ "depth", "a recursion without end",
	  { { BUGS_DEPTH, TEXT("\0\0\1") }, END }, { { BUGS_DEPTH, TEXT("\1\2\0") }, END } },
};

const size_t input_count = sizeof(inputs) / sizeof(inputs[0]);
