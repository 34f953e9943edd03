// Written by 'npm run platforms' from data/platforms/virt_v8-4.0.0-mdbg: do not edit.

/** Text of each of the platform's files. */
export const VIRT_V8_4_0_0_MDBG: Readonly<Record<string, string>> = {
  "platform.json": `{
  "name": "virt_v8-4.0.0-mdbg",
  "optee": "4.0.0",
  "board": "vexpress-qemu_armv8a",
  "build": "vexpress-qemu_armv8a on QEMU's virt board with GICv3, 64 bit, first fit, with statistics and leak headers in the core and in applications",
  "core": { "word": 8, "heapBase": "0xe1c6400", "heapSlack": 3072, "nexusBase": "0xe1b0000" },
  "ta": {
    "word": 8,
    "ramSize": "0xd00000",
    "loaderBase": "0x40018000",
    "pages": {
      "bbuf": 1,
      "ldelf-stack": 2,
      "ldelf-code": 16,
      "ldelf-data": 1,
      "ldelf-heap": 4,
      "elf-header": 1
    }
  },
  "switches": "CFG_WITH_STATS=y CFG_TA_STATS=y CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TEE_TA_MALLOC_DEBUG=y",
  "provenance": [
    {
      "of": "boot.txt",
      "how": "measured",
      "source": "each operation on the heap of the unpatched core, seen by a plugin in QEMU: the blocks, their order, the addresses of the calls. Sizes and call sites come from the boot of qemu_v8-4.0.0, whose operations are the same, one by one"
    },
    {
      "of": "load.txt, unload.txt",
      "how": "measured",
      "source": "the same capture, while the application of the crypto tests came and went. Call sites by the addresses of their calls, which the load of qemu_v8-4.0.0 gives a meaning; where a function ends with its call, the address is that of the call before, and the call site is unknown. Another application opened it, so the request for its file ended later than in the call of a client; its three releases are put to the end of the load"
    },
    {
      "of": "sizes of the page list and of the buffer for the application's file",
      "how": "inferred",
      "source": "their two blocks fit one number of pages, 130"
    },
    {
      "of": "core_sites.txt",
      "how": "measured",
      "source": "what the capture confirms, block sizes in steps of 16 bytes; the other rows are those of qemu_v8-4.0.0, the same release and word"
    },
    {
      "of": "ta_sites.txt",
      "how": "inferred",
      "source": "a capture of an application's heap in the same build, without addresses of calls"
    },
    { "of": "loader.txt", "how": "analogy", "source": "qemu_v8-4.0.0" },
    {
      "of": "address and slack of the core heap, memory for applications",
      "how": "measured",
      "source": "the map of memory that the core prints when it boots, and where the last block of the heap ends; addresses without the offset of the address space"
    },
    {
      "of": "pages of the loader's parts, address of its heap",
      "how": "measured",
      "source": "the list of regions that the core prints when an application panics, but for the page of bbuf, which is that of qemu_v8-4.0.0"
    },
    { "of": "address of the nexus heap", "how": "analogy", "source": "qemu_v8-4.0.0" }
  ]
}
`,
  "boot.txt": `# The core heap from reset to the login prompt of Linux, after its pool was added.
word 8
C 32 core/arch/arm/kernel/boot.c:899
R 1 64 core/mm/core_mmu.c:388
C 24 core/mm/tee_mm.c:27
C 24 core/mm/tee_mm.c:27
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
M 48 core/kernel/dt_driver.c:653
C 48 core/pta/tests/dt_driver_test.c:68
C 40 core/kernel/dt_driver.c:146
C 64 core/pta/tests/dt_driver_test.c:68
C 40 core/kernel/dt_driver.c:146
C 128 core/pta/tests/dt_driver_test.c:68
C 40 core/kernel/dt_driver.c:146
C 24 core/kernel/dt_driver.c:258
F 20 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 21 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 22 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 23 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 24 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 25 core/kernel/dt_driver.c:271
C 24 core/kernel/dt_driver.c:258
F 26 core/kernel/dt_driver.c:271
C 11 core/drivers/gpio/gpio.c:38
C 32 core/kernel/dt_driver.c:258
C 16 core/drivers/gpio/gpio.c:21
F 28 core/kernel/dt_driver.c:271
F 27 core/drivers/gpio/gpio.c:62
C 11 core/drivers/gpio/gpio.c:38
C 32 core/kernel/dt_driver.c:258
C 16 core/drivers/gpio/gpio.c:21
F 31 core/kernel/dt_driver.c:271
F 30 core/drivers/gpio/gpio.c:62
C 64 lib/libutils/ext/mempool.c:121
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 432 core/lib/libtomcrypt/hash.c:117
C 800 core/lib/libtomcrypt/ecb.c:109
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 69 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 71 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 70 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 68 core/crypto/crypto.c:339
C 56 core/mm/mobj.c:168
C 56 core/mm/mobj.c:168
C 56 core/mm/mobj.c:168
C 56 core/mm/mobj.c:168
F 7 core/kernel/dt_driver.c:837
F 5 core/kernel/dt_driver.c:837
F 11 core/kernel/dt_driver.c:837
F 12 core/kernel/dt_driver.c:837
F 13 core/kernel/dt_driver.c:837
F 10 core/kernel/dt_driver.c:837
F 9 core/kernel/dt_driver.c:837
F 8 core/kernel/dt_driver.c:837
F 6 core/kernel/dt_driver.c:837
F 19 core/kernel/dt_driver.c:843
F 17 core/kernel/dt_driver.c:843
F 15 core/kernel/dt_driver.c:843
F 18 core/pta/tests/dt_driver_test.c:104
F 16 core/pta/tests/dt_driver_test.c:104
F 14 core/pta/tests/dt_driver_test.c:104
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
M 8 core/kernel/msg_param.c:132
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 80 core/mm/tee_mm.c:35
F 79 core/arch/arm/mm/mobj_dyn_shm.c:134
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
F 78 core/kernel/msg_param.c:147
F 77 core/mm/tee_mm.c:35
F 76 core/arch/arm/mm/mobj_dyn_shm.c:134
M 24 core/mm/tee_mm.c:19
C 152 core/kernel/tee_ta_manager.c:606
C 88 core/kernel/pseudo_ta.c:311
F 82 core/mm/tee_mm.c:35
M 24 core/mm/tee_mm.c:19
F 85 core/mm/tee_mm.c:35
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
M 8 core/kernel/msg_param.c:132
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 90 core/mm/tee_mm.c:35
F 89 core/arch/arm/mm/mobj_dyn_shm.c:134
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
F 88 core/kernel/msg_param.c:147
F 87 core/mm/tee_mm.c:35
F 86 core/arch/arm/mm/mobj_dyn_shm.c:134
M 24 core/mm/tee_mm.c:19
M 24 core/mm/tee_mm.c:19
F 93 core/mm/tee_mm.c:35
F 92 core/mm/tee_mm.c:35
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 91 core/arch/arm/mm/mobj_dyn_shm.c:134
F 95 core/mm/tee_mm.c:35
F 94 core/arch/arm/mm/mobj_dyn_shm.c:134
M 24 core/mm/tee_mm.c:19
F 83 core/kernel/tee_ta_manager.c:321
F 96 core/mm/tee_mm.c:35
M 24 core/mm/tee_mm.c:19
C 152 core/kernel/tee_ta_manager.c:606
F 97 core/mm/tee_mm.c:35
M 24 core/mm/tee_mm.c:19
F 99 core/mm/tee_mm.c:35
M 24 core/mm/tee_mm.c:19
F 98 core/kernel/tee_ta_manager.c:321
F 100 core/mm/tee_mm.c:35
`,
  "load.txt": `# The core heap while an application is loaded: that of the crypto tests, opened by another one (README.md).
word 8
C 848 core/kernel/user_ta.c:466
C 56 core/mm/vm.c:307
C 56 core/mm/vm.c:307
C 24 core/mm/fobj.c:752
M 24 core/mm/tee_mm.c:19 bbuf
C 56 core/mm/mobj.c:387
C 56 core/mm/vm.c:307
C 24 core/mm/fobj.c:752
M 24 core/mm/tee_mm.c:19 ldelf-stack
C 56 core/mm/mobj.c:387
C 56 core/mm/vm.c:307
C 24 core/mm/fobj.c:752
M 24 core/mm/tee_mm.c:19 ldelf-code
C 56 core/mm/mobj.c:387
C 56 core/mm/vm.c:307
C 24 core/mm/fobj.c:752
M 24 core/mm/tee_mm.c:19 ldelf-data
C 56 core/mm/mobj.c:387
C 56 core/mm/vm.c:307
M 66 core/tee/tee_svc.c:64
W 20 core/tee/tee_svc.c:73
C 24 core/mm/fobj.c:752
M 24 core/mm/tee_mm.c:19 ldelf-heap
C 56 core/mm/mobj.c:387
C 56 core/mm/vm.c:307
C 24 core/kernel/ldelf_syscalls.c:150
C 40 core/kernel/ldelf_syscalls.c:156
C 144 core/tee/tadb.c:643
C 32 core/tee/tadb.c:217
C 40 core/tee/fs_dirfile.c:129
C 64 core/tee/tee_ree_fs.c:433
C 32 core/kernel/thread.c:621
M 8 core/kernel/msg_param.c:132
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 34 core/mm/tee_mm.c:35
F 33 core/arch/arm/mm/mobj_dyn_shm.c:134
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 32 core/kernel/msg_param.c:147
C 240 core/tee/fs_htree.c:623
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 39 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 41 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 40 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 38 core/crypto/crypto.c:339
C 800 core/lib/libtomcrypt/ecb.c:109
F 42 ?0xe169d64
C 608 core/crypto/aes-gcm.c:438
F 43 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
F 44 ?0xe16927c
C 608 core/crypto/aes-gcm.c:438
F 45 core/crypto/aes-gcm.c:451
R 0 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:438
F 47 core/crypto/aes-gcm.c:451
R 46 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:438
F 49 core/crypto/aes-gcm.c:451
C 64 core/tee/tee_ree_fs.c:433
C 240 core/tee/fs_htree.c:623
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 53 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 55 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 54 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 52 core/crypto/crypto.c:339
C 800 core/lib/libtomcrypt/ecb.c:109
F 56 ?0xe169d64
C 608 core/crypto/aes-gcm.c:438
F 57 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
F 58 ?0xe16927c
F 37 core/tee/fs_htree.c:702
F 30 core/tee/tee_ree_fs.c:477
F 48 core/tee/fs_dirfile.c:181
F 29 core/tee/fs_dirfile.c:182
F 51 core/tee/fs_htree.c:702
F 50 core/tee/tee_ree_fs.c:477
F 28 core/tee/tadb.c:268
F 27 core/tee/tadb.c:672
C 72 core/kernel/ree_fs_ta.c:255
M 1040 core/kernel/msg_param.c:132
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 62 core/mm/tee_mm.c:35
F 61 core/arch/arm/mm/mobj_dyn_shm.c:134
C 1112 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 60 core/kernel/msg_param.c:147
M 308 core/crypto/signed_hdr.c:38
M 32 core/lib/libtomcrypt/mpi_desc.c:752
C 512 lib/libmbedtls/mbedtls/library/bignum.c:134
M 32 core/lib/libtomcrypt/mpi_desc.c:752
C 512 lib/libmbedtls/mbedtls/library/bignum.c:134
F 67 lib/libmbedtls/mbedtls/library/bignum.c:107
C 8 lib/libmbedtls/mbedtls/library/bignum.c:134
F 69 lib/libmbedtls/mbedtls/library/bignum.c:107
C 256 lib/libmbedtls/mbedtls/library/bignum.c:134
M 256 core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:72
C 528 lib/libmbedtls/mbedtls/library/bignum.c:134
F 73 lib/libmbedtls/mbedtls/library/bignum.c:107
M 256 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:57
M 256 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:58
M 256 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:59
M 256 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:60
M 416 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:43
M 32 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:44
F 79 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:90
F 78 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:91
F 77 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:159
F 76 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:160
F 75 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:161
F 74 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:162
F 72 core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:203
F 71 lib/libmbedtls/mbedtls/library/bignum.c:107
F 68 core/lib/libtomcrypt/mpi_desc.c:771
F 70 lib/libmbedtls/mbedtls/library/bignum.c:107
F 66 core/lib/libtomcrypt/mpi_desc.c:771
C 432 core/lib/libtomcrypt/hash.c:117
M 20 core/kernel/ree_fs_ta.c:387
C 88 core/mm/file.c:151
R 0 32 core/kernel/handle.c:69
C 24 core/mm/fobj.c:752
M 24 core/mm/tee_mm.c:19 elf-header
C 56 core/mm/mobj.c:387
C 56 core/mm/vm.c:307
C 24 core/mm/file.c:91
C 24 core/mm/fobj.c:752
M 24 core/mm/tee_mm.c:19 text
C 56 core/mm/mobj.c:387
C 56 core/mm/vm.c:307
C 24 core/mm/file.c:91
C 24 core/mm/fobj.c:752
M 24 core/mm/tee_mm.c:19 data
C 56 core/mm/mobj.c:387
C 56 core/mm/vm.c:307
M 32 core/kernel/ree_fs_ta.c:530
F 98 core/kernel/ree_fs_ta.c:542
C 40 core/tee/fs_dirfile.c:129
C 64 core/tee/tee_ree_fs.c:433
C 240 core/tee/fs_htree.c:623
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 103 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 105 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 104 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 102 core/crypto/crypto.c:339
C 800 core/lib/libtomcrypt/ecb.c:109
F 106 ?0xe169d64
C 608 core/crypto/aes-gcm.c:438
F 107 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
F 108 ?0xe16927c
C 608 core/crypto/aes-gcm.c:438
F 109 core/crypto/aes-gcm.c:451
R 0 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:438
F 111 core/crypto/aes-gcm.c:451
R 110 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:438
F 113 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 114 core/crypto/aes-gcm.c:451
C 64 core/tee/tee_ree_fs.c:433
C 240 core/tee/fs_htree.c:623
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 118 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 120 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 119 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 117 core/crypto/crypto.c:339
C 800 core/lib/libtomcrypt/ecb.c:109
F 121 ?0xe169d64
C 608 core/crypto/aes-gcm.c:438
F 122 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
F 123 ?0xe16927c
C 608 core/crypto/aes-gcm.c:438
F 124 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 125 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 126 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 127 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 128 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 130 core/crypto/aes-gcm.c:451
F 129 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 131 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 132 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 133 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 135 core/crypto/aes-gcm.c:451
F 134 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 136 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 137 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 139 core/crypto/aes-gcm.c:451
F 138 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 140 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 141 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 142 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 144 core/crypto/aes-gcm.c:451
F 143 core/crypto/crypto.c:92
F 101 core/tee/fs_htree.c:702
F 100 core/tee/tee_ree_fs.c:477
F 112 core/tee/fs_dirfile.c:181
F 99 core/tee/fs_dirfile.c:182
F 116 core/tee/fs_htree.c:702
F 115 core/tee/tee_ree_fs.c:477
F 64 core/mm/tee_mm.c:35
F 63 core/arch/arm/mm/mobj_dyn_shm.c:134
F 80 core/arch/arm/mm/mobj_dyn_shm.c:134
F 65 core/kernel/ree_fs_ta.c:650
F 81 core/kernel/ree_fs_ta.c:652
F 59 core/kernel/ree_fs_ta.c:653
F 26 core/kernel/ldelf_syscalls.c:119
F 83 core/kernel/handle.c:28
F 25 core/kernel/ldelf_syscalls.c:240
C 24 core/mm/fobj.c:752
M 24 core/mm/tee_mm.c:19 stack
C 56 core/mm/mobj.c:387
C 56 core/mm/vm.c:307
M 75 core/tee/tee_svc.c:64
W 149 core/tee/tee_svc.c:73
M 54 core/tee/tee_svc.c:582
W 150 core/tee/tee_svc.c:605
F 36 core/mm/tee_mm.c:35
F 35 core/arch/arm/mm/mobj_dyn_shm.c:134
F 31 core/kernel/thread.c:693
`,
  "unload.txt": `# The core heap when the last session closes. The numbers are those of load.txt.
word 8
F 2 core/mm/vm.c:811
F 3 core/mm/vm.c:811
F 5 core/mm/tee_mm.c:35
F 4 core/mm/fobj.c:796
F 6 core/mm/mobj.c:429
F 7 core/mm/vm.c:811
F 9 core/mm/tee_mm.c:35
F 8 core/mm/fobj.c:796
F 10 core/mm/mobj.c:429
F 11 core/mm/vm.c:811
F 13 core/mm/tee_mm.c:35
F 12 core/mm/fobj.c:796
F 14 core/mm/mobj.c:429
F 15 core/mm/vm.c:811
F 17 core/mm/tee_mm.c:35
F 16 core/mm/fobj.c:796
F 18 core/mm/mobj.c:429
F 19 core/mm/vm.c:811
F 22 core/mm/tee_mm.c:35
F 21 core/mm/fobj.c:796
F 23 core/mm/mobj.c:429
F 24 core/mm/vm.c:811
F 86 core/mm/mobj.c:429
F 87 core/mm/vm.c:811
F 146 core/mm/tee_mm.c:35
F 145 core/mm/fobj.c:796
F 147 core/mm/mobj.c:429
F 148 core/mm/vm.c:811
F 90 core/mm/tee_mm.c:35
F 89 core/mm/fobj.c:796
F 93 core/mm/file.c:75
F 85 core/mm/tee_mm.c:35
F 84 core/mm/fobj.c:796
F 88 core/mm/file.c:75
F 82 ?0xe1322bc
F 91 core/mm/mobj.c:429
F 92 core/mm/vm.c:811
F 95 core/mm/tee_mm.c:35
F 94 core/mm/fobj.c:796
F 96 core/mm/mobj.c:429
F 97 core/mm/vm.c:811
F 1 core/kernel/user_ta.c:397
`,
  "loader.txt": `# The loader's own heap, for an application without libraries: as qemu_v8-4.0.0.
word 8
C 304 ldelf/ta_elf.c:64
C 72 ldelf/ta_elf.c:536
C 72 ldelf/ta_elf.c:536
M 1088 ldelf/ta_elf.c:1103
R 0 64 ldelf/ta_elf.c:1912
`,
  "core_sites.txt": `# What the trusted world allocates on the core heap, and where: name, operation (M malloc, C calloc, F free, W free and wipe),
# bytes (n is what the code counts: bytes, pages, words), file:line, and how that is known.
word 8

# A call of a client
call.mapping             M 24    core/mm/tee_mm.c:19                                         measured
call.mapping             F -     core/mm/tee_mm.c:35                                         measured
call.region              C 56    core/mm/vm.c:307                                            measured
call.region              F -     core/mm/vm.c:811                                            measured
call.session             C 152   core/kernel/tee_ta_manager.c:606                            measured
call.session             F -     core/kernel/tee_ta_manager.c:321                            measured
call.pseudo_ta           C 88    core/kernel/pseudo_ta.c:311                                 measured
call.shared_memory       C 72+8n core/arch/arm/mm/mobj_dyn_shm.c:317                         measured
call.shared_memory       F -     core/arch/arm/mm/mobj_dyn_shm.c:134                         measured
call.page_list           M 8n    core/kernel/msg_param.c:132                                 measured
call.page_list           F -     core/kernel/msg_param.c:147                                 measured
call.ta_list             M 92n   core/kernel/tee_ta_manager.c:968                            analogy  as qemu_v8-4.0.0
call.ta_list             F -     core/kernel/tee_ta_manager.c:984                            analogy  as qemu_v8-4.0.0

# Persistent objects
storage.object           C 72    core/tee/tee_pobj.c:98                                      analogy  as qemu_v8-4.0.0
storage.object           F -     core/tee/tee_pobj.c:152                                     analogy  as qemu_v8-4.0.0
storage.id               M n     core/tee/tee_pobj.c:114                                     analogy  as qemu_v8-4.0.0
storage.id               F -     core/tee/tee_pobj.c:151                                     analogy  as qemu_v8-4.0.0
storage.new_id           M n     core/tee/tee_pobj.c:174                                     analogy  as qemu_v8-4.0.0
storage.new_id           F -     core/tee/tee_pobj.c:182                                     analogy  as qemu_v8-4.0.0
storage.handle           C 96    core/tee/tee_obj.c:77                                       analogy  as qemu_v8-4.0.0
storage.handle           F -     core/tee/tee_obj.c:85                                       analogy  as qemu_v8-4.0.0
storage.attributes       M n     core/tee/tee_svc_storage.c:273                              analogy  as qemu_v8-4.0.0
storage.attributes       F -     core/tee/tee_svc_storage.c:304                              analogy  as qemu_v8-4.0.0
storage.attributes_read  M n     core/tee/tee_svc_storage.c:129                              analogy  as qemu_v8-4.0.0
storage.attributes_read  F -     core/tee/tee_svc_storage.c:158                              analogy  as qemu_v8-4.0.0
storage.enumerator       M 32    core/tee/tee_svc_storage.c:542                              analogy  as qemu_v8-4.0.0
storage.enumerator       F -     core/tee/tee_svc_storage.c:72                               analogy  as qemu_v8-4.0.0
storage.directory        C 40    core/tee/fs_dirfile.c:129                                   measured
storage.directory        F -     core/tee/fs_dirfile.c:182                                   measured
storage.file_numbers     M 1     core/tee/fs_dirfile.c:61                                    measured
storage.file_numbers     F -     core/tee/fs_dirfile.c:181                                   measured
storage.file             C 64    core/tee/tee_ree_fs.c:433                                   measured
storage.file             F -     core/tee/tee_ree_fs.c:477                                   measured
storage.tree             C 240   core/tee/fs_htree.c:623                                     measured
storage.tree             F -     core/tee/fs_htree.c:702                                     measured
storage.node             C 104   core/tee/fs_htree.c:286                                     analogy  as qemu_v8-4.0.0
storage.node             F -     core/tee/fs_htree.c:693                                     analogy  as qemu_v8-4.0.0
storage.block_cipher     C 608   core/crypto/aes-gcm.c:438                                   measured
storage.block_cipher     F -     core/crypto/aes-gcm.c:451                                   measured
storage.node_hash        C 432   core/lib/libtomcrypt/hash.c:117                             measured
storage.node_hash        F -     core/crypto/aes-gcm.c:451                                   analogy  as qemu_v8-4.0.0: freed where the others of its kind are, near enough
storage.key_hmac         C 584   core/lib/libtomcrypt/hmac.c:93                              measured
storage.key_hmac         F -     core/crypto/aes-gcm.c:451                                   analogy  as qemu_v8-4.0.0: freed where the others of its kind are, near enough
storage.key_inner        M 64    core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40            measured
storage.key_inner        F -     core/crypto/aes-gcm.c:451                                   analogy  as qemu_v8-4.0.0: freed where the others of its kind are, near enough
storage.key_digest       M 32    core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41            measured
storage.key_digest       F -     core/crypto/aes-gcm.c:451                                   analogy  as qemu_v8-4.0.0: freed where the others of its kind are, near enough
storage.key_cipher       C 800   core/lib/libtomcrypt/ecb.c:109                              measured
storage.key_cipher       F -     core/crypto/aes-gcm.c:451                                   analogy  as qemu_v8-4.0.0: freed where the others of its kind are, near enough

# What an operation's algorithm keeps
context.hash             C 432   core/lib/libtomcrypt/hash.c:117                             measured
context.hash             F -     core/crypto/crypto.c:92                                     measured
context.shake            C 424   core/lib/libtomcrypt/shake.c:58                             analogy  as qemu_v8-4.0.0
context.shake            F -     core/crypto/crypto.c:92                                     measured
context.sm3              C 240   core/crypto/sm3-hash.c:104                                  analogy  as qemu_v8-4.0.0
context.sm3              F -     core/crypto/sm3-hash.c:80                                   analogy  as qemu_v8-4.0.0
context.ecb              C 800   core/lib/libtomcrypt/ecb.c:109                              measured
context.ecb              F -     core/crypto/crypto.c:190                                    analogy  as qemu_v8-4.0.0
context.cbc              C 944   core/lib/libtomcrypt/cbc.c:111                              analogy  as qemu_v8-4.0.0
context.cbc              F -     core/crypto/crypto.c:190                                    analogy  as qemu_v8-4.0.0
context.ctr              C 1120  core/lib/libtomcrypt/ctr.c:104                              analogy  as qemu_v8-4.0.0
context.ctr              F -     core/crypto/crypto.c:190                                    analogy  as qemu_v8-4.0.0
context.xts              C 1584  core/lib/libtomcrypt/xts.c:121                              analogy  as qemu_v8-4.0.0
context.xts              F -     core/crypto/crypto.c:190                                    analogy  as qemu_v8-4.0.0
context.cts              C 32    core/crypto/aes-cts.c:237                                   analogy  as qemu_v8-4.0.0
context.cts              F -     core/crypto/aes-cts.c:212                                   analogy  as qemu_v8-4.0.0
context.sm4ecb           C 144   core/crypto/sm4-ecb.c:94                                    analogy  as qemu_v8-4.0.0
context.sm4ecb           F -     core/crypto/sm4-ecb.c:70                                    analogy  as qemu_v8-4.0.0
context.sm4cbc           C 160   core/crypto/sm4-cbc.c:99                                    analogy  as qemu_v8-4.0.0
context.sm4cbc           F -     core/crypto/sm4-cbc.c:74                                    analogy  as qemu_v8-4.0.0
context.sm4ctr           C 160   core/crypto/sm4-ctr.c:96                                    analogy  as qemu_v8-4.0.0
context.sm4ctr           F -     core/crypto/sm4-ctr.c:71                                    analogy  as qemu_v8-4.0.0
context.hmac             C 584   core/lib/libtomcrypt/hmac.c:93                              measured
context.hmac             F -     core/crypto/crypto.c:339                                    measured
context.sm3hmac          C 240   core/crypto/sm3-hmac.c:104                                  analogy  as qemu_v8-4.0.0
context.sm3hmac          F -     core/crypto/sm3-hmac.c:80                                   analogy  as qemu_v8-4.0.0
context.cbcmac           C 56    core/crypto/cbc-mac.c:204                                   analogy  as qemu_v8-4.0.0
context.cbcmac           F -     core/crypto/cbc-mac.c:160                                   analogy  as qemu_v8-4.0.0
context.cmac             C 1376  core/lib/libtomcrypt/cmac.c:98                              analogy  as qemu_v8-4.0.0
context.cmac             F -     core/crypto/crypto.c:339                                    measured
context.gcm              C 608   core/crypto/aes-gcm.c:438                                   measured
context.gcm              F -     core/crypto/aes-gcm.c:451                                   measured
context.ccm              C 904   core/lib/libtomcrypt/ccm.c:30                               analogy  as qemu_v8-4.0.0
context.ccm              F -     core/crypto/crypto.c:472                                    analogy  as qemu_v8-4.0.0

# Operations and keys
key.operation            C 64    core/tee/tee_svc_cryp.c:2768                                analogy  as qemu_v8-4.0.0
key.operation            F -     core/tee/tee_svc_cryp.c:2579                                analogy  as qemu_v8-4.0.0
key.object               C 96    core/tee/tee_obj.c:77                                       analogy  as qemu_v8-4.0.0
key.object               F -     core/tee/tee_obj.c:85                                       analogy  as qemu_v8-4.0.0
key.secret               C 8+n   core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0
key.secret               F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0
key.rsa_public           C 16    core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0
key.rsa_public           F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0
key.rsa_pair             C 64    core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0
key.rsa_pair             F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0
key.dsa_public           C 32    core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0
key.dsa_public           F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0
key.dsa_pair             C 40    core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0
key.dsa_pair             F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0
key.dh_pair              C 48    core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0: from the form of the others
key.dh_pair              F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0: from the form of the others
key.ecc_public           C 32    core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0
key.ecc_public           F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0
key.ecc_pair             C 40    core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0
key.ecc_pair             F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0
key.ed25519_public       C 16    core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0: from the form of the others
key.ed25519_public       F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0: from the form of the others
key.ed25519_pair         C 24    core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0: from the form of the others
key.ed25519_pair         F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0: from the form of the others
key.x25519_pair          C 16    core/tee/tee_svc_cryp.c:1551                                analogy  as qemu_v8-4.0.0: from the form of the others
key.x25519_pair          F -     core/tee/tee_obj.c:84                                       analogy  as qemu_v8-4.0.0: from the form of the others
key.number               M 32    core/lib/libtomcrypt/mpi_desc.c:752                         measured
key.number               F -     core/lib/libtomcrypt/mpi_desc.c:771                         measured
key.limbs                C 8n    lib/libmbedtls/mbedtls/library/bignum.c:134                 measured
key.limbs                F -     lib/libmbedtls/mbedtls/library/bignum.c:107                 measured
key.ed25519_first        C 32    core/lib/libtomcrypt/ed25519.c:27                           analogy  as qemu_v8-4.0.0: from the form of the others
key.ed25519_first        F -     core/tee/tee_svc_cryp.c:0                                   analogy  as qemu_v8-4.0.0: where it is freed was never recorded
key.ed25519_second       C 32    core/lib/libtomcrypt/ed25519.c:28                           analogy  as qemu_v8-4.0.0: from the form of the others
key.ed25519_second       F -     core/tee/tee_svc_cryp.c:0                                   analogy  as qemu_v8-4.0.0: where it is freed was never recorded
key.x25519_first         C 32    core/lib/libtomcrypt/x25519.c:33                            analogy  as qemu_v8-4.0.0: from the form of the others
key.x25519_first         F -     core/tee/tee_svc_cryp.c:0                                   analogy  as qemu_v8-4.0.0: where it is freed was never recorded
key.x25519_second        C 32    core/lib/libtomcrypt/x25519.c:34                            analogy  as qemu_v8-4.0.0: from the form of the others
key.x25519_second        F -     core/tee/tee_svc_cryp.c:0                                   analogy  as qemu_v8-4.0.0: where it is freed was never recorded

# The attributes of a call, as the core copies them
copy.populate            M 24n   core/tee/tee_svc_cryp.c:1990                                analogy  as qemu_v8-4.0.0
copy.populate            W -     core/tee/tee_svc_cryp.c:2009                                analogy  as qemu_v8-4.0.0
copy.generate            M 24n   core/tee/tee_svc_cryp.c:2412                                analogy  as qemu_v8-4.0.0
copy.generate            W -     core/tee/tee_svc_cryp.c:2525                                analogy  as qemu_v8-4.0.0
copy.operate             M 24n   core/tee/tee_svc_cryp.c:4415                                analogy  as qemu_v8-4.0.0
copy.operate             W -     core/tee/tee_svc_cryp.c:4594                                analogy  as qemu_v8-4.0.0
copy.verify              M 24n   core/tee/tee_svc_cryp.c:4649                                analogy  as qemu_v8-4.0.0
copy.verify              W -     core/tee/tee_svc_cryp.c:4750                                analogy  as qemu_v8-4.0.0
copy.derive              M 24n   core/tee/tee_svc_cryp.c:3661                                analogy  as qemu_v8-4.0.0
copy.derive              W -     core/tee/tee_svc_cryp.c:4017                                analogy  as qemu_v8-4.0.0

# Cryptography at work
work.hmac_key            M n     core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45            measured
work.hmac_key            F -     core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90            measured
work.hmac_inner          M n     core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40            measured
work.hmac_inner          F -     core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91            measured
work.hmac_digest         M n     core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41            measured
work.hmac_digest         F -     core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90            measured
work.cbcmac_blocks       M n     core/crypto/cbc-mac.c:86                                    analogy  as qemu_v8-4.0.0
work.cbcmac_blocks       F -     core/crypto/cbc-mac.c:123                                   analogy  as qemu_v8-4.0.0
work.power               C 1040  lib/libmbedtls/mbedtls/library/bignum.c:134                 analogy  as qemu_v8-4.0.0
work.power               F -     lib/libmbedtls/mbedtls/library/bignum.c:107                 measured
work.hash_memory         M 416   core/lib/libtomcrypt/src/hashes/helper/hash_memory.c:38     analogy  as qemu_v8-4.0.0
work.hash_memory         F -     core/lib/libtomcrypt/src/hashes/helper/hash_memory.c:55     analogy  as qemu_v8-4.0.0
work.mask_hash           M 416   core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:43          measured
work.mask_hash           F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:91          measured
work.mask_digest         M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:44          measured
work.mask_digest         F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:90          measured
work.oaep_encode_block   M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:59   analogy  as qemu_v8-4.0.0
work.oaep_encode_block   F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:155  analogy  as qemu_v8-4.0.0
work.oaep_encode_mask    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:60   analogy  as qemu_v8-4.0.0
work.oaep_encode_mask    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:154  analogy  as qemu_v8-4.0.0
work.oaep_encode_seed    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:61   analogy  as qemu_v8-4.0.0
work.oaep_encode_seed    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:153  analogy  as qemu_v8-4.0.0
work.oaep_decode_block   M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:56   analogy  as qemu_v8-4.0.0
work.oaep_decode_block   F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:170  analogy  as qemu_v8-4.0.0
work.oaep_decode_mask    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:57   analogy  as qemu_v8-4.0.0
work.oaep_decode_mask    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:169  analogy  as qemu_v8-4.0.0
work.oaep_decode_seed    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:58   analogy  as qemu_v8-4.0.0
work.oaep_decode_seed    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:168  analogy  as qemu_v8-4.0.0
work.pss_encode_block    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:58    analogy  as qemu_v8-4.0.0
work.pss_encode_block    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:159   analogy  as qemu_v8-4.0.0
work.pss_encode_mask     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:59    analogy  as qemu_v8-4.0.0
work.pss_encode_mask     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:158   analogy  as qemu_v8-4.0.0
work.pss_encode_salt     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:60    analogy  as qemu_v8-4.0.0
work.pss_encode_salt     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:157   analogy  as qemu_v8-4.0.0
work.pss_encode_hash     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:61    analogy  as qemu_v8-4.0.0
work.pss_encode_hash     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:156   analogy  as qemu_v8-4.0.0
work.pss_decode_block    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:57    measured
work.pss_decode_block    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:162   measured
work.pss_decode_mask     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:58    measured
work.pss_decode_mask     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:161   measured
work.pss_decode_salt     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:59    measured
work.pss_decode_salt     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:160   measured
work.pss_decode_hash     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:60    measured
work.pss_decode_hash     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:159   measured
work.rsa_decrypt         M n     core/lib/libtomcrypt/src/pk/rsa/rsa_decrypt_key.c:68        analogy  as qemu_v8-4.0.0
work.rsa_decrypt         F -     core/lib/libtomcrypt/src/pk/rsa/rsa_decrypt_key.c:89        analogy  as qemu_v8-4.0.0
work.rsa_sign            M n     core/lib/libtomcrypt/src/pk/rsa/rsa_sign_hash.c:105         analogy  as qemu_v8-4.0.0
work.rsa_sign            F -     core/lib/libtomcrypt/src/pk/rsa/rsa_sign_hash.c:124         analogy  as qemu_v8-4.0.0
work.rsa_verify          M n     core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:72        measured
work.rsa_verify          F -     core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:203       measured
work.rsa_verify_digest   M n     core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:114       analogy  as qemu_v8-4.0.0
work.rsa_verify_digest   F -     core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:196       analogy  as qemu_v8-4.0.0
work.prime               C n     core/lib/libtomcrypt/src/math/rand_prime.c:40               analogy  as qemu_v8-4.0.0
work.prime               F -     core/lib/libtomcrypt/src/math/rand_prime.c:73               analogy  as qemu_v8-4.0.0
work.dsa_sign            M 64    core/lib/libtomcrypt/src/pk/dsa/dsa_sign_hash.c:48          analogy  as qemu_v8-4.0.0
work.dsa_sign            F -     core/lib/libtomcrypt/src/pk/dsa/dsa_sign_hash.c:97          analogy  as qemu_v8-4.0.0
work.random_number       C n     core/lib/libtomcrypt/src/math/rand_bn.c:25                  analogy  as qemu_v8-4.0.0
work.random_number       F -     core/lib/libtomcrypt/src/math/rand_bn.c:43                  analogy  as qemu_v8-4.0.0
work.times_point         C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.times_point         F -     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mulmod_timing.c:140 analogy  as qemu_v8-4.0.0
work.times_result        C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.times_result        F -     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mulmod_timing.c:138 analogy  as qemu_v8-4.0.0
work.sum_first           C 256   core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:47        analogy  as qemu_v8-4.0.0
work.sum_first           F -     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:185       analogy  as qemu_v8-4.0.0
work.sum_second          C 256   core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:51        analogy  as qemu_v8-4.0.0
work.sum_second          F -     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:186       analogy  as qemu_v8-4.0.0
work.sum_point           C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.sum_point           F -     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:178       analogy  as qemu_v8-4.0.0
work.ecdh_product        C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.ecdh_product        F -     core/lib/libtomcrypt/src/pk/ecc/ecc_shared_secret.c:62      analogy  as qemu_v8-4.0.0
work.ecdsa_verify_first  C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.ecdsa_verify_first  F -     core/lib/libtomcrypt/src/pk/ecc/ecc_verify_hash.c:197       analogy  as qemu_v8-4.0.0
work.ecdsa_verify_second C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.ecdsa_verify_second F -     core/lib/libtomcrypt/src/pk/ecc/ecc_verify_hash.c:198       analogy  as qemu_v8-4.0.0
work.sm2_sign            C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.sm2_sign            F -     core/lib/libtomcrypt/sm2-dsa.c:131                          analogy  as qemu_v8-4.0.0
work.sm2_verify          C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.sm2_verify          F -     core/lib/libtomcrypt/sm2-dsa.c:245                          analogy  as qemu_v8-4.0.0
work.sm2_encrypt_first   C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.sm2_encrypt_first   F -     core/lib/libtomcrypt/sm2-pke.c:509                          analogy  as qemu_v8-4.0.0
work.sm2_encrypt_second  C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.sm2_encrypt_second  F -     core/lib/libtomcrypt/sm2-pke.c:511                          analogy  as qemu_v8-4.0.0
work.sm2_encrypt_data    C n     core/lib/libtomcrypt/sm2-pke.c:446                          analogy  as qemu_v8-4.0.0
work.sm2_encrypt_data    F -     core/lib/libtomcrypt/sm2-pke.c:508                          analogy  as qemu_v8-4.0.0
work.sm2_decrypt_first   C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.sm2_decrypt_first   F -     core/lib/libtomcrypt/sm2-pke.c:294                          analogy  as qemu_v8-4.0.0
work.sm2_decrypt_second  C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         analogy  as qemu_v8-4.0.0
work.sm2_decrypt_second  F -     core/lib/libtomcrypt/sm2-pke.c:296                          analogy  as qemu_v8-4.0.0
work.sm2_decrypt_data    C n     core/lib/libtomcrypt/sm2-pke.c:228                          analogy  as qemu_v8-4.0.0
work.sm2_decrypt_data    F -     core/lib/libtomcrypt/sm2-pke.c:292                          analogy  as qemu_v8-4.0.0
work.sm3                 C 240   core/crypto/sm3-hash.c:104                                  analogy  as qemu_v8-4.0.0
work.sm3                 F -     core/crypto/sm3-hash.c:80                                   analogy  as qemu_v8-4.0.0
`,
  "ta_sites.txt": `# What the library of a trusted application allocates on its heap. The blocks of the lab application, in their order, have these
# sizes with their leak headers; call sites are those of qemu_v8-4.0.0, which asks for the same sizes in the same order.
word 8

# The library of a trusted application
ta.number_pool      C 24    lib/libutils/ext/mempool.c:121       inferred  blocks and their order as seen, call sites as qemu_v8-4.0.0
ta.tls              C 64    lib/libutee/tcb.c:190                inferred  blocks and their order as seen, call sites as qemu_v8-4.0.0
ta.tls              F -     lib/libutee/tcb.c:205                inferred  blocks and their order as seen, call sites as qemu_v8-4.0.0
ta.initializers     M 80    lib/libutee/user_ta_entry.c:64       inferred  blocks and their order as seen, call sites as qemu_v8-4.0.0
ta.initializers     F -     lib/libutee/user_ta_entry.c:134      inferred  blocks and their order as seen, call sites as qemu_v8-4.0.0
ta.session          M 32    lib/libutee/user_ta_entry.c:233      inferred  blocks and their order as seen, call sites as qemu_v8-4.0.0
ta.session          F -     lib/libutee/user_ta_entry.c:252      inferred  blocks and their order as seen, call sites as qemu_v8-4.0.0
ta.operation        C 96    lib/libutee/tee_api_operations.c:315 analogy   as qemu_v8-4.0.0
ta.operation        F -     lib/libutee/tee_api_operations.c:437 analogy   as qemu_v8-4.0.0
ta.operation_buffer M n     lib/libutee/tee_api_operations.c:344 analogy   as qemu_v8-4.0.0
ta.operation_buffer F -     lib/libutee/tee_api_operations.c:436 analogy   as qemu_v8-4.0.0
`,
};
