# teemem's object in a TA. In the TA's sub.mk, as its last line:   include /path/to/teemem/device/teemem_ta.mk
# Before it: TEEMEM_RING := 2048 (events in the ring, 24 bytes of .bss each; 512 if not said), TEEMEM_ZONES := y (red zones),
# TEEMEM_LINES := y (lines on the secure console from the first event on).
teemem-dir := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
teemem-wrapped := malloc calloc realloc memalign aligned_alloc free free_wipe malloc_flags __mdbg_alloc \
	mdbg_malloc mdbg_calloc mdbg_realloc mdbg_memalign mdbg_aligned_alloc malloc_add_pool _utee_panic \
	TEE_Malloc TEE_Realloc TEE_Free __GP11_TEE_Malloc __GP11_TEE_Realloc \
	_Znwm _Znwj _Znam _Znaj _ZdlPv _ZdaPv _ZdlPvm _ZdlPvj _ZdaPvm _ZdaPvj \
	TA_CreateEntryPoint TA_DestroyEntryPoint TA_OpenSessionEntryPoint TA_CloseSessionEntryPoint TA_InvokeCommandEntryPoint

srcs-y += $(teemem-dir)/teemem_ta.c
cflags-$(teemem-dir)/teemem_ta.c-y += -fexceptions -I$(teemem-dir) \
	$(if $(TEEMEM_RING),-DTEEMEM_RING_EVENTS=$(TEEMEM_RING)) \
	$(if $(filter y,$(TEEMEM_ZONES)),-DTEEMEM_ZONES) \
	$(if $(filter y,$(TEEMEM_LINES)),-DTEEMEM_START=TEEMEM_TA_LINES)
user-ta-ldadd += $(addprefix --wrap=,$(teemem-wrapped))
