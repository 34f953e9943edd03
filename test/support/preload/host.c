/* A program that loads a client as a plug-in: libteec comes with it, and is not in the global scope. */
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	void *plugin = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
	int (*run)(int, char **) = 0;

	if (!plugin) {
		fprintf(stderr, "%s\n", dlerror());
		return 1;
	}
	*(void **)&run = dlsym(plugin, "main");
	return run(argc - 1, argv + 1);
}
