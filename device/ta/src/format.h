/* A text that is being formatted, and one field of it. */
#ifndef FORMAT_H
#define FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <tee_api_types.h>

struct text {
	char *to;
	size_t room;
	size_t length;		/* with what has no room */
};

struct field {
	bool left, zero, plus, space, form;
	int width, precision;
	char size;		/* H for hh, h, 0, l, q for ll and j, z for size_t and t */
};

void teemem_put(struct text *t, char c);
void teemem_put_text(struct text *t, const struct field *f, const char *s, int length);
void teemem_put_number(struct text *t, const struct field *f, unsigned long long n, const char *sign, unsigned int base,
		bool large);
void teemem_put_uuid(struct text *t, const struct field *f, const TEE_UUID *uuid);

#endif
