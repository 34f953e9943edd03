/* How the parts of a formatted text are written: texts and numbers in their fields. */
#include "format.h"

#include <stdio.h>
#include <string.h>

void teemem_put(struct text *t, char c)
{
	if (t->length + 1 < t->room)
		t->to[t->length] = c;
	t->length++;
}

static void pad(struct text *t, char c, int count)
{
	while (count-- > 0)
		teemem_put(t, c);
}

void teemem_put_text(struct text *t, const struct field *f, const char *s, int length)
{
	pad(t, ' ', f->left ? 0 : f->width - length);
	for (int i = 0; i < length; i++)
		teemem_put(t, s[i]);
	pad(t, ' ', f->left ? f->width - length : 0);
}

void teemem_put_number(struct text *t, const struct field *f, unsigned long long n, const char *sign, unsigned int base,
		       bool large)
{
	const char *digits = large ? "0123456789ABCDEF" : "0123456789abcdef";
	char reversed[24];
	int count = 0, zeros, width = (int)strlen(sign);

	for (; n; n /= base)
		reversed[count++] = digits[n % base];
	zeros = (f->precision < 0 ? 1 : f->precision) - count;
	if (f->form && base == 8 && zeros <= 0)
		zeros = 1;
	if (zeros < 0)
		zeros = 0;
	width += count + zeros;
	if (f->zero && !f->left && f->precision < 0 && f->width > width) {
		zeros += f->width - width;
		width = f->width;
	}
	pad(t, ' ', f->left ? 0 : f->width - width);
	while (*sign)
		teemem_put(t, *sign++);
	pad(t, '0', zeros);
	while (count)
		teemem_put(t, reversed[--count]);
	pad(t, ' ', f->left ? f->width - width : 0);
}

void teemem_put_uuid(struct text *t, const struct field *f, const TEE_UUID *uuid)
{
	char s[37];

	snprintf(s, sizeof(s), "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", (unsigned int)uuid->timeLow,
		 uuid->timeMid, uuid->timeHiAndVersion, uuid->clockSeqAndNode[0], uuid->clockSeqAndNode[1],
		 uuid->clockSeqAndNode[2], uuid->clockSeqAndNode[3], uuid->clockSeqAndNode[4],
		 uuid->clockSeqAndNode[5], uuid->clockSeqAndNode[6], uuid->clockSeqAndNode[7]);
	teemem_put_text(t, f, s, 36);
}
