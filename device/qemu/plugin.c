/*
 * A plugin of QEMU that records every operation on the heaps of an OP-TEE, from the first one. Nothing of OP-TEE is
 * changed. Arguments: plan=FILE (default: `plan` beside the plugin), out=FILE, FIFO or unix:PATH (default: heap.events).
 */
#define _GNU_SOURCE
#include "operation.h"
#include "output.h"
#include "plan.h"
#include "recognise.h"
#include "turn.h"
#include "unknown.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORTED __attribute__((visibility("default")))

EXPORTED int qemu_plugin_version;

static struct program *programs;
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

/* An instruction of the allocator that is watched. */
struct watched {
	const struct program *program;
	uint64_t link;
	uint32_t insn;
};

/* QEMU reads the version after it has loaded us. */
__attribute__((constructor)) static void tell_version(void)
{
	qemu_plugin_version = interface_version();
}

/* How far the program was moved from its link address: by pages, and the block's PC is in the page of its link address. */
static uint64_t slide_of(const struct registers *regs, uint64_t link)
{
	return register_value(regs, PC) / PAGE * PAGE - link / PAGE * PAGE;
}

static void block_runs(const struct registers *regs, void *data)
{
	const struct stop *stop = data;
	uint64_t slide = slide_of(regs, stop->link);

	pthread_mutex_lock(&one_at_a_time);
	if (stop->entry)
		operation_begins(regs, stop->program, stop->entry, slide);
	else if (stop->turn)
		turn_begins(regs, stop->program, stop->turn, slide);
	else if (stop->back)
		turn_returns(regs, stop->program, slide);
	else
		operation_returns(regs, stop->program, slide);
	pthread_mutex_unlock(&one_at_a_time);
}

static void has_stored_anywhere(const struct registers *regs, mem_info info, uint64_t vaddr, void *data)
{
	if (!unknown_concerns(info, vaddr, data))
		return;
	pthread_mutex_lock(&one_at_a_time);
	unknown_stores(regs, info, vaddr, data);
	pthread_mutex_unlock(&one_at_a_time);
}

static void has_stored(const struct registers *regs, mem_info info, uint64_t vaddr, void *data)
{
	const struct watched *at = data;
	uint64_t slide = slide_of(regs, at->link), page = 0;
	struct qemu_plugin_hwaddr *hw;
	struct stored stores[2];
	unsigned int count = stored_values(regs, at->insn, info, vaddr, stores), n;

	/* Where the counter is tells one loading of a program from another. */
	if (at->program->counter + slide - vaddr < 16) {
		hw = qemu_plugin_get_hwaddr(info, vaddr);
		page = hw ? qemu_plugin_hwaddr_phys_addr(hw) / PAGE : 0;
	}
	pthread_mutex_lock(&one_at_a_time);
	for (n = 0; n < count; n++)
		operation_stores(regs, at->program, slide, page, &stores[n]);
	pthread_mutex_unlock(&one_at_a_time);
}

static void watch(const struct program *program, struct qemu_plugin_insn *insn)
{
	uint64_t link = code_at(program, qemu_plugin_insn_vaddr(insn), qemu_plugin_insn_haddr(insn));
	struct watched *at = link && stores_to_heap(word_at(program, link)) ? malloc(sizeof(*at)) : NULL;

	if (!at)
		return;
	/* Kept for good: QEMU may run the block at any time. */
	*at = (struct watched){ program, link, word_at(program, link) };
	on_store(insn, at);
}

static void translated(plugin_id id, struct qemu_plugin_tb *tb)
{
	size_t count = qemu_plugin_tb_n_insns(tb), n;
	struct qemu_plugin_insn *first = count ? qemu_plugin_tb_get_insn(tb, 0) : NULL;
	const uint8_t *host = first ? qemu_plugin_insn_haddr(first) : NULL;
	uint64_t vaddr = first ? qemu_plugin_insn_vaddr(first) : 0;
	const struct program *program;
	const struct stop *stop;

	(void)id;
	for (program = host ? programs : NULL; program; program = program->next) {
		stop = stop_at(program, vaddr, host);
		if (stop)
			on_block(tb, (void *)stop);
		if (!code_at(program, vaddr, host))
			continue;
		if (!stop)
			on_block(tb, NULL);
		for (n = 0; n < count; n++)
			watch(program, qemu_plugin_tb_get_insn(tb, n));
	}
}

static void begin(plugin_id id);

static void translated_anywhere(plugin_id id, struct qemu_plugin_tb *tb)
{
	bool anew;

	pthread_mutex_lock(&one_at_a_time);
	unknown_translated(tb);
	anew = unknown_wants_anew();
	pthread_mutex_unlock(&one_at_a_time);
	/* Everything is translated anew, without what need not be watched. */
	if (anew)
		qemu_plugin_reset(id, begin);
}

static void idle(plugin_id id, unsigned int cpu)
{
	(void)id;
	(void)cpu;
	pthread_mutex_lock(&one_at_a_time);
	output_flush(false);
	pthread_mutex_unlock(&one_at_a_time);
}

static void ends(plugin_id id, void *data)
{
	(void)id;
	(void)data;
	pthread_mutex_lock(&one_at_a_time);
	if (programs)
		operations_end();
	else
		unknown_end();
	output_close();
	pthread_mutex_unlock(&one_at_a_time);
}

static void begin(plugin_id id)
{
	qemu_plugin_register_vcpu_tb_trans_cb(id, programs ? translated : translated_anywhere);
	qemu_plugin_register_vcpu_idle_cb(id, idle);
	qemu_plugin_register_atexit_cb(id, ends, NULL);
}

static const char *beside_us(const char *name)
{
	static char path[4096];
	Dl_info info;
	const char *slash = NULL;

	if (dladdr(&qemu_plugin_version, &info) && info.dli_fname)
		slash = strrchr(info.dli_fname, '/');
	snprintf(path, sizeof(path), "%.*s%s", slash ? (int)(slash + 1 - info.dli_fname) : 0, slash ? info.dli_fname : "", name);
	return path;
}

EXPORTED int qemu_plugin_install(plugin_id id, const struct qemu_info *info, int argc, char **argv)
{
	const char *plan = beside_us("plan"), *out = "heap.events", *error = NULL;
	int n;

	(void)info;
	for (n = 0; n < argc; n++) {
		if (!strncmp(argv[n], "plan=", 5))
			plan = argv[n] + 5;
		else if (!strncmp(argv[n], "out=", 4))
			out = argv[n] + 4;
		else
			error = "the arguments are plan=FILE and out=FILE";
	}
	if (!error)
		programs = plan_read(plan, &error);
	if (!error)
		error = registers_install(id, block_runs, programs ? has_stored : has_stored_anywhere);
	if (!error)
		error = output_open(out, programs == NULL);
	if (error) {
		fprintf(stderr, "teemem: %s\n", error);
		return 1;
	}
	begin(id);
	return 0;
}
