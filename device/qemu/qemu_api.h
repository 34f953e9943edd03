/* What we use of QEMU's plugin interface, versions 1 (QEMU 7.2) to 6 (10.2), in our own words: no headers of QEMU are needed. */
#ifndef TEEMEM_QEMU_API_H
#define TEEMEM_QEMU_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t plugin_id;
typedef uint32_t mem_info;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_plugin_hwaddr;
struct qemu_plugin_register;
struct qemu_info;

/* GLib's arrays, as its headers have them. */
struct byte_array {
	uint8_t *data;
	unsigned int len;
};
struct pointer_array {
	char *data;
	unsigned int len;
};
/* An element of the array of registers. */
struct register_row {
	struct qemu_plugin_register *handle;
	const char *name;
	const char *feature;
};

enum { NO_REGS = 0, READS_REGS = 1 };
enum { STORES = 2 };

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, void (*cb)(plugin_id, struct qemu_plugin_tb *));
void qemu_plugin_register_atexit_cb(plugin_id id, void (*cb)(plugin_id, void *), void *data);
void qemu_plugin_reset(plugin_id id, void (*cb)(plugin_id));
void qemu_plugin_register_vcpu_init_cb(plugin_id id, void (*cb)(plugin_id, unsigned int));
void qemu_plugin_register_vcpu_idle_cb(plugin_id id, void (*cb)(plugin_id, unsigned int));
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, void (*cb)(unsigned int, void *), int flags, void *data);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, void (*cb)(unsigned int, mem_info, uint64_t, void *),
				      int flags, int rw, void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t n);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
void *qemu_plugin_insn_haddr(const struct qemu_plugin_insn *insn);
bool qemu_plugin_mem_is_store(mem_info info);
unsigned int qemu_plugin_mem_size_shift(mem_info info);
struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(mem_info info, uint64_t vaddr);
uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr *hw);

/* Since QEMU 9.0; null before. */
__attribute__((weak)) struct pointer_array *qemu_plugin_get_registers(void);
__attribute__((weak)) int qemu_plugin_read_register(struct qemu_plugin_register *handle, struct byte_array *into);
/* Of GLib, which QEMU brings. */
__attribute__((weak)) struct byte_array *g_byte_array_new(void);
__attribute__((weak)) struct byte_array *g_byte_array_set_size(struct byte_array *array, unsigned int length);

#endif
