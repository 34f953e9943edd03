/* What the TA "bugs" and its clients agree on. Each command is right for ordinary input; the note says what goes wrong, and when. */
#ifndef BUGS_TA_H
#define BUGS_TA_H

#define BUGS_TA_UUID { 0xbccbe7f3, 0x4243, 0x412d, { 0xab, 0xe0, 0xb8, 0xd9, 0x93, 0x58, 0x2a, 0xd4 } }

/* In: numbers of 32 bits. Out: a is their median. Right for all input; its peak is gone when it returns. */
#define BUGS_MEDIAN 0
/* In: text, printed as a label of at most 16 letters. Wrong from 17 letters on: the loop takes one too many. */
#define BUGS_LABEL 1
/* In: a note to keep in the session. */
#define BUGS_NOTE_KEEP 2
/* Drops the note. */
#define BUGS_NOTE_DROP 3
/* Out: the note. Wrong behind NOTE_DROP: the session still points to it. */
#define BUGS_NOTE_READ 4
/* In: "name=value". Out: a is the length of the value. Wrong without "=": the copy is freed twice. */
#define BUGS_SETTING 5
/* In: a packet, its first byte 1 for its version. Out: a is the sum of the others. Wrong for other versions: they leak the copy. */
#define BUGS_PACKET 6
/* Out: 48 bytes that tell the version. Wrong for a smaller buffer: its size is not looked at. */
#define BUGS_VERSION 7
/* In: text. Out: a is the digit that stands there most often. Wrong with ":", which is counted as a digit, on the stack. */
#define BUGS_DIGITS 8
/* In: a is a level from 0 to 3. Out: the first letters of its name in a. Wrong for 4. */
#define BUGS_LEVEL 9
/* In: a is the number of an account (7, 11, 13). Out: a is its balance. Wrong for others: the search gives NULL. */
#define BUGS_BALANCE 10
/* In: a password. Out: 16 bytes encrypted with it. Wrong below 32 bytes: the rest of the key is what lay on the heap. */
#define BUGS_SEAL 11
/* In: a records are set up. Out: a is the bytes they take. Wrong from 268,435,456 on: 32 bits do not hold the product. */
#define BUGS_RECORDS 12
/* In and out: a length in 32 bits, then so many bytes, at most 64, turned round. Wrong where the client changes the length meanwhile. */
#define BUGS_TURN 13
/* In: a bytes are kept until the session ends. Out of memory beyond the heap, as it should be. */
#define BUGS_HOARD 14
/* In: items, each with its length in its first byte. Out: a is their count. Wrong for a length of 0: it never ends. */
#define BUGS_ITEMS 15
/* In: at each place the number of its parent's place, its own for a root. Out: a is the depth of the last place. Wrong for a circle. */
#define BUGS_DEPTH 16

#endif
