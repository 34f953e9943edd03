# Compiles the TA and the kit's library, and links them. What is undefined must be a call of the host: imports.txt has them all.
kit-srcs := $(wildcard $(kit-dir)/src/*.c)

# Freestanding: the compiler assumes nothing of malloc, which a checker must see; nor does it take an access through NULL for one that
# cannot be. Paths in lines: ta/x.c, teemem/ta/src/x.c.
flags := --target=$(TEEMEM_TARGET) -Os -g -std=gnu11 -ffreestanding -nostdlibinc -isystem $(kit-dir)/include \
	-fno-delete-null-pointer-checks -ffunction-sections -fdata-sections -fdebug-compilation-dir=$(notdir $(CURDIR)) -ffile-prefix-map=$(dir $(CURDIR))= -ffile-prefix-map=$(kit-dir)=teemem/ta \
	-DTRACE_LEVEL=$(CFG_TEE_TA_LOG_LEVEL) -DTEEMEM=1

# Settings of the TA are macros: 1 for y, none for n or for several words.
setting-of = $(if $(filter y,$($(1))),-D$(1)=1,$(if $(filter-out n,$($(1))),-D$(1)=$($(1))))
settings := $(foreach name,$(sort $(filter CFG_%,$(.VARIABLES))),$(if $(word 2,$($(name))),,$(call setting-of,$(name))))
compat := $(if $(filter y,$(CFG_TA_OPTEE_CORE_API_COMPAT_1_1)),-D__OPTEE_CORE_API_COMPAT_1_1=1)
kit-flags := $(flags) -I. $(addprefix -I,$(ta-incdirs)) -DTEEMEM_NAME=$(TEEMEM_NAME) -DTEEMEM_MODE=$(TEEMEM_MODE)
ta-flags := $(flags) $(settings) $(compat) -Wall -I. $(addprefix -I,$(ta-incdirs))

# A folder for objects has no ".." in its name.
object-of = $(out-dir)/$(subst ..,_,$(patsubst /%,%,$(basename $(1)))).o
kit-object-of = $(out-dir)/kit/$(notdir $(basename $(1))).o
objects := $(foreach src,$(ta-srcs),$(call object-of,$(src)))
kit-objects := $(foreach src,$(kit-srcs),$(call kit-object-of,$(src)))

# From, to, flags.
define compile
$(2): $(1) $(MAKEFILE_LIST)
	@mkdir -p $$(@D)
	$(if $(V),,@echo '  CC      $$<' &&) $(TEEMEM_CC) $(3) -MMD -MP -c $$(abspath $$<) -o $$@
-include $(2:.o=.d)
endef
$(foreach src,$(ta-srcs),$(eval $(call compile,$(src),$(call object-of,$(src)),$(filter-out $(ta-remove-$(src)),$(ta-flags) \
	$(CPPFLAGS) $(CFLAGS) $(ta-cflags-$(src))) $(TEEMEM_CFLAGS) $(TEEMEM_TA_CFLAGS))))
$(foreach src,$(kit-srcs),$(eval $(call compile,$(src),$(call kit-object-of,$(src)),$(kit-flags) $(TEEMEM_CFLAGS))))

exports := __utee_entry ta_head ta_heap ta_heap_size ta_props ta_num_props __stack_pointer __heap_base __data_end __wasm_call_ctors
link-flags := $(if $(filter wasm64,$(TEEMEM_TARGET)),-mwasm64) --no-entry --export-table --growable-table $(addprefix --export=,$(exports)) \
	--allow-undefined-file=$(kit-dir)/mk/imports.txt --stack-first -z stack-size=1048576

# The kit is a library: what the TA has itself is the TA's. The heap comes before all other data.
heap-object := $(out-dir)/kit/heap.o
$(O)/$(BINARY).wasm: $(objects) $(kit-objects) $(kit-dir)/mk/imports.txt
	@mkdir -p $(@D)
	$(if $(V),,@echo '  LD      $@' &&) $(TEEMEM_LD) $(link-flags) $(heap-object) $(objects) $(ta-libs) --start-lib $(filter-out $(heap-object),$(kit-objects)) --end-lib $(TEEMEM_LDFLAGS) -o $@
