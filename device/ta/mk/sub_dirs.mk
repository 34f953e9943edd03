# Reads sub.mk and those of its subdirs: ta-srcs, with ta-cflags-FILE and ta-remove-FILE, global-incdirs, libdirs, libnames.
ta-srcs :=
ta-incdirs :=
ta-libs :=

# Of a folder, "" or with a slash at its end: paths in it are relative to it.
in-dir = $(foreach path,$(2),$(if $(filter /%,$(path)),$(path),$(1)$(path)))

define keep-flags
ta-cflags-$(call in-dir,$(1),$(2)) := $$(addprefix -I,$$(call in-dir,$(1),$$(incdirs-y))) $$(cflags-y) $$(cppflags-y) $$(cflags-$(2)-y)
ta-remove-$(call in-dir,$(1),$(2)) := $$(cflags-remove-y) $$(cflags-remove-$(2)-y)
endef

define read-dir
srcs-y :=
subdirs-y :=
incdirs-y :=
global-incdirs-y :=
cflags-y :=
cppflags-y :=
cflags-remove-y :=
libdirs :=
libnames :=
sub-dir := $(patsubst %/,%,$(1))
include $(1)sub.mk
ta-srcs += $$(call in-dir,$(1),$$(srcs-y))
ta-incdirs += $$(call in-dir,$(1),$$(global-incdirs-y))
ta-libs += $$(addprefix -L,$$(call in-dir,$(1),$$(libdirs))) $$(addprefix -l,$$(libnames))
$$(foreach src,$$(srcs-y),$$(eval $$(call keep-flags,$(1),$$(src))))
$$(foreach dir,$$(subdirs-y),$$(eval $$(call read-dir,$(1)$$(dir)/)))
endef

$(eval $(call read-dir,))
