/*
 * Reads the guest's registers. QEMU 9.0 and later have functions for it. Before, code that QEMU generates keeps the address
 * of its CPUARMState in a fixed host register while it calls us at the begin of a block, and the registers are in memory
 * there, then and right after a store. (A store may be reported by QEMU's own functions, which use that register otherwise.)
 */
#include "registers.h"
#include <string.h>

static block_callback on_block_do;
static store_callback on_store_do;

/* CPUARMState begins with sixteen 32-bit registers, then x0 to x30, sp, and pc. The same from QEMU 2 to 10. */
enum { ENV_X = 64, ENV_PC = ENV_X + 32 * 8 };

enum { MOST_CPUS = 64, NUMBERS = 33 };
static struct qemu_plugin_register *handles[MOST_CPUS][NUMBERS];
static __thread struct byte_array *bytes;
/* Of each processor, once it has run one of our blocks. */
static const uint8_t *envs[MOST_CPUS];

/* Reached from the generated code by the small function below. */
__attribute__((used, visibility("hidden"))) void block_with_env(unsigned int cpu, void *data, const uint8_t *env)
{
	struct registers regs = { env, cpu };

	if (cpu < MOST_CPUS)
		envs[cpu] = env;
	if (data)
		on_block_do(&regs, data);
}

static void store_called(unsigned int cpu, mem_info info, uint64_t vaddr, void *data)
{
	struct registers regs = { cpu < MOST_CPUS ? envs[cpu] : NULL, cpu };

	if (regs.env)
		on_store_do(&regs, info, vaddr, data);
}

void block_called(unsigned int cpu, void *data);

#if defined(__x86_64__)
#define ENV_TO_THIRD "movq %rbp, %rdx\n\tjmp block_with_env"
#elif defined(__aarch64__)
#define ENV_TO_THIRD "mov x2, x19\n\tb block_with_env"
#endif

#ifdef ENV_TO_THIRD
enum { KNOWS_ENV = true };
__asm__(".text\n.hidden block_called\n.globl block_called\n.type block_called, %function\n"
	"block_called:\n\t" ENV_TO_THIRD "\n.size block_called, .-block_called\n");
#else
enum { KNOWS_ENV = false };
void block_called(unsigned int cpu, void *data)
{
	(void)cpu;
	(void)data;
}
#endif

static void block_plainly(unsigned int cpu, void *data)
{
	struct registers regs = { NULL, cpu };

	if (data)
		on_block_do(&regs, data);
}

static void store_plainly(unsigned int cpu, mem_info info, uint64_t vaddr, void *data)
{
	struct registers regs = { NULL, cpu };

	on_store_do(&regs, info, vaddr, data);
}

static bool has_registers(void)
{
	return qemu_plugin_get_registers && qemu_plugin_read_register && g_byte_array_new && g_byte_array_set_size;
}

static int number_of(const char *name)
{
	int n = 0;

	if (!strcmp(name, "sp"))
		return SP;
	if (!strcmp(name, "pc"))
		return PC;
	if (name[0] != 'x' || name[1] < '0' || name[1] > '9')
		return -1;
	for (name++; *name >= '0' && *name <= '9'; name++)
		n = 10 * n + *name - '0';
	return *name == 0 && n <= LR ? n : -1;
}

/* Notes the handles of a processor's registers. */
static void started(plugin_id id, unsigned int cpu)
{
	struct pointer_array *rows = qemu_plugin_get_registers();
	const struct register_row *row = rows ? (const void *)rows->data : NULL;
	unsigned int i;
	int n;

	(void)id;
	for (i = 0; row && cpu < MOST_CPUS && i < rows->len; i++) {
		n = number_of(row[i].name);
		if (n >= 0 && !handles[cpu][n])
			handles[cpu][n] = row[i].handle;
	}
}

const char *registers_install(plugin_id id, block_callback block, store_callback store)
{
	on_block_do = block;
	on_store_do = store;
	if (has_registers())
		qemu_plugin_register_vcpu_init_cb(id, started);
	else if (!KNOWS_ENV)
		return "this QEMU gives no registers on this host: use QEMU 9.0 or later";
	return NULL;
}

uint64_t register_value(const struct registers *regs, unsigned int n)
{
	uint64_t value = 0;

	if (regs->env) {
		memcpy(&value, regs->env + (n == PC ? (unsigned int)ENV_PC : ENV_X + 8 * n), 8);
		return value;
	}
	if (regs->cpu >= MOST_CPUS || n >= NUMBERS || !handles[regs->cpu][n])
		return 0;
	if (!bytes)
		bytes = g_byte_array_new();
	g_byte_array_set_size(bytes, 0);
	qemu_plugin_read_register(handles[regs->cpu][n], bytes);
	memcpy(&value, bytes->data, bytes->len < 8 ? bytes->len : 8);
	return value;
}

void on_block(struct qemu_plugin_tb *tb, void *data)
{
	qemu_plugin_register_vcpu_tb_exec_cb(tb, has_registers() ? block_plainly : block_called, READS_REGS, data);
}

void on_store(struct qemu_plugin_insn *insn, void *data)
{
	qemu_plugin_register_vcpu_mem_cb(insn, has_registers() ? store_plainly : store_called, READS_REGS, STORES, data);
}

int interface_version(void)
{
	return has_registers() ? 2 : 1;
}
