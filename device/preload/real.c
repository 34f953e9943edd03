/* Finds the next libteec, whatever its version, also where a plug-in brought it and it is not in the global scope. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <string.h>

#include "real.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct real found;
static int complete;

static int is_libteec(struct dl_phdr_info *info, size_t size, void *path)
{
	const char *slash = strrchr(info->dlpi_name, '/');
	const char *name = slash ? slash + 1 : info->dlpi_name;

	(void)size;
	if (strncmp(name, "libteec.so", 10))
		return 0;
	*(const char **)path = info->dlpi_name;
	return 1;
}

static void *loaded_libteec(void)
{
	const char *path = NULL;

	dl_iterate_phdr(is_libteec, &path);
	return path ? dlopen(path, RTLD_LAZY | RTLD_NOLOAD) : NULL;
}

static int look_up(void *library, const char *name, void *function)
{
	void *address = dlsym(RTLD_NEXT, name);

	if (!address && library)
		address = dlsym(library, name);
	/* ISO C has no cast from a pointer to data to one to a function. */
	memcpy(function, &address, sizeof(address));
	return address != NULL;
}

static void find(void)
{
	void *library = loaded_libteec();

	complete = look_up(library, "TEEC_InitializeContext", &found.initialize) &
		   look_up(library, "TEEC_FinalizeContext", &found.finalize) &
		   look_up(library, "TEEC_OpenSession", &found.open) &
		   look_up(library, "TEEC_InvokeCommand", &found.invoke) &
		   look_up(library, "TEEC_CloseSession", &found.close) &
		   look_up(library, "TEEC_AllocateSharedMemory", &found.allocate) &
		   look_up(library, "TEEC_ReleaseSharedMemory", &found.release);
}

const struct real *real(void)
{
	pthread_once(&once, find);
	return complete ? &found : NULL;
}
