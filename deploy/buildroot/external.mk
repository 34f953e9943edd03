include $(sort $(wildcard $(BR2_EXTERNAL_TEEMEM_PATH)/*/*.mk))
