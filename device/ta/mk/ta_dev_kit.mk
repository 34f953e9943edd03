# Builds a TA to WebAssembly without OP-TEE's sources: $(O)/$(BINARY).wasm. A TA's own Makefile includes it, as it includes OP-TEE's:
#   include $(TA_DEV_KIT_DIR)/mk/ta_dev_kit.mk
#
# Of the TA: BINARY (its UUID), sub.mk with srcs-y, subdirs-y, incdirs-y, global-incdirs-y, cflags-y, cflags-FILE-y, cflags-remove-y,
# cflags-remove-FILE-y, libdirs, libnames; CFG_TEE_TA_LOG_LEVEL, O, V=1 to see commands.
# Of whoever builds: TEEMEM_TARGET (wasm64, wasm32), TEEMEM_CC and TEEMEM_LD, TEEMEM_NAME (a name for people), TEEMEM_CFLAGS,
# TEEMEM_TA_CFLAGS (for the TA's own sources alone), # TEEMEM_LDFLAGS, TEEMEM_MODE.
kit-dir := $(patsubst %/mk/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))

first-of = $(firstword $(foreach tool,$(1),$(if $(shell command -v $(tool) 2>/dev/null),$(tool))) $(firstword $(1)))
versions := 22 21 20 19 18 17 16
TEEMEM_TARGET ?= wasm64
TEEMEM_CC ?= $(call first-of,clang $(addprefix clang-,$(versions)))
TEEMEM_LD ?= $(call first-of,wasm-ld $(addprefix wasm-ld-,$(versions)))
TEEMEM_MODE ?= plain
# The folder's name; where that is "ta", the name of the folder around it.
TEEMEM_NAME ?= $(notdir $(patsubst %/ta,%,$(CURDIR)))

BINARY ?= $(TEEMEM_NAME)
O ?= .
CFG_TEE_TA_LOG_LEVEL ?= 4
out-dir := $(O)/$(TEEMEM_TARGET)-$(TEEMEM_MODE)
q := $(if $(V),,@)

.PHONY: all clean
all: $(O)/$(BINARY).wasm

include $(kit-dir)/mk/sub_dirs.mk
include $(kit-dir)/mk/compile.mk

clean:
	$(q)rm -rf $(out-dir) $(O)/$(BINARY).wasm
