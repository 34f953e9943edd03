/* The same as string.h. */
#include <string.h>
