################################################################################
#
# teemem-device
#
################################################################################

TEEMEM_DEVICE_VERSION = local
TEEMEM_DEVICE_SITE = $(BR2_EXTERNAL_TEEMEM_PATH)/../../device
TEEMEM_DEVICE_SITE_METHOD = local
TEEMEM_DEVICE_LICENSE = BSD-2-Clause
TEEMEM_DEVICE_INSTALL_STAGING = YES
TEEMEM_DEVICE_MAKE = $(TARGET_MAKE_ENV) $(MAKE) $(TARGET_CONFIGURE_OPTS) -C $(@D) STATIC=

define TEEMEM_DEVICE_BUILD_CMDS
	$(TEEMEM_DEVICE_MAKE)
endef

define TEEMEM_DEVICE_INSTALL_STAGING_CMDS
	$(TEEMEM_DEVICE_MAKE) DESTDIR=$(STAGING_DIR) install-dev
endef

define TEEMEM_DEVICE_INSTALL_TARGET_CMDS
	$(TEEMEM_DEVICE_MAKE) DESTDIR=$(TARGET_DIR) install
endef

$(eval $(generic-package))
