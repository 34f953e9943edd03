// Written by 'npm run platforms' from data/platforms/qemu_v8-4.0.0: do not edit.

/** Text of each of the platform's files. */
export const QEMU_V8_4_0_0: Readonly<Record<string, string>> = {
  "platform.json": `{
  "name": "qemu_v8-4.0.0",
  "optee": "4.0.0",
  "board": "vexpress-qemu_armv8a",
  "build": "vexpress-qemu_armv8a, 64 bit, first fit, with statistics, in an emulated Arm machine",
  "core": { "word": 8, "heapBase": "0xe1c53e0", "heapSlack": 3104, "nexusBase": "0xe1b0000" },
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
  "switches": "CFG_WITH_STATS=y CFG_TA_STATS=y",
  "provenance": [
    {
      "of": "boot.txt",
      "how": "measured",
      "source": "an allocator in the core that printed a line for each operation, from reset to the login prompt of Linux"
    },
    {
      "of": "load.txt, unload.txt, loader.txt",
      "how": "measured",
      "source": "the same recording, while optee_example_hello_world came and went"
    },
    {
      "of": "core_sites.txt, ta_sites.txt",
      "how": "measured",
      "source": "the same recording, of the examples and of 62 tests of xtest; each row says more"
    },
    {
      "of": "address and slack of the core heap, memory for applications",
      "how": "measured",
      "source": "the map of memory that the core prints when it boots, and xtest --stats --alloc"
    },
    {
      "of": "pages of the loader's parts",
      "how": "measured",
      "source": "the list of regions that the core prints when an application panics"
    },
    {
      "of": "address of the loader's heap",
      "how": "measured",
      "source": "the recording of the loader's heap"
    },
    {
      "of": "address of the nexus heap",
      "how": "inferred",
      "source": "no build with CFG_NS_VIRTUALIZATION was recorded: an address in front of the core heap"
    }
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
  "load.txt": `# The core heap while a trusted application is loaded, from the session's block to the return of the open call:
# optee_example_hello_world. A part's name stands where a range of TA memory is taken for it.
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
F 30 core/tee/tee_ree_fs.c:464
F 29 core/tee/fs_dirfile.c:182
C 40 core/tee/fs_dirfile.c:129
C 64 core/tee/tee_ree_fs.c:433
C 240 core/tee/fs_htree.c:623
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 41 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 43 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 42 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 40 core/crypto/crypto.c:339
C 800 core/lib/libtomcrypt/ecb.c:109
F 44 core/crypto/crypto.c:190
C 432 core/lib/libtomcrypt/hash.c:117
F 45 core/crypto/crypto.c:92
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 47 core/crypto/aes-gcm.c:451
F 46 core/crypto/crypto.c:92
F 39 core/tee/fs_htree.c:702
F 38 core/tee/tee_ree_fs.c:477
F 37 core/tee/fs_dirfile.c:182
C 40 core/tee/fs_dirfile.c:129
C 64 core/tee/tee_ree_fs.c:433
C 240 core/tee/fs_htree.c:623
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 52 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 54 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 53 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 51 core/crypto/crypto.c:339
C 800 core/lib/libtomcrypt/ecb.c:109
F 55 core/crypto/crypto.c:190
C 608 core/crypto/aes-gcm.c:438
F 56 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
F 57 core/crypto/crypto.c:92
R 0 1 core/tee/fs_dirfile.c:61
C 64 core/tee/tee_ree_fs.c:433
C 240 core/tee/fs_htree.c:623
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 62 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 63 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 61 core/crypto/crypto.c:339
C 800 core/lib/libtomcrypt/ecb.c:109
F 65 core/crypto/crypto.c:190
C 432 core/lib/libtomcrypt/hash.c:117
F 66 core/crypto/crypto.c:92
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 68 core/crypto/aes-gcm.c:451
F 67 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 69 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 71 core/crypto/aes-gcm.c:451
F 70 core/crypto/crypto.c:92
F 50 core/tee/fs_htree.c:702
F 49 core/tee/tee_ree_fs.c:477
F 58 core/tee/fs_dirfile.c:181
F 48 core/tee/fs_dirfile.c:182
F 60 core/tee/fs_htree.c:702
F 59 core/tee/tee_ree_fs.c:477
F 28 core/tee/tadb.c:268
F 27 core/tee/tadb.c:672
C 72 core/kernel/ree_fs_ta.c:255
M 344 core/kernel/msg_param.c:132
C 80 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 75 core/mm/tee_mm.c:35
F 74 core/arch/arm/mm/mobj_dyn_shm.c:134
C 416 core/arch/arm/mm/mobj_dyn_shm.c:317
M 24 core/mm/tee_mm.c:19
F 73 core/kernel/msg_param.c:147
M 308 core/crypto/signed_hdr.c:38
M 32 core/lib/libtomcrypt/mpi_desc.c:752
C 512 lib/libmbedtls/mbedtls/library/bignum.c:134
M 32 core/lib/libtomcrypt/mpi_desc.c:752
C 512 lib/libmbedtls/mbedtls/library/bignum.c:134
F 80 lib/libmbedtls/mbedtls/library/bignum.c:107
C 8 lib/libmbedtls/mbedtls/library/bignum.c:134
F 82 lib/libmbedtls/mbedtls/library/bignum.c:107
C 256 lib/libmbedtls/mbedtls/library/bignum.c:134
M 256 core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:72
C 528 lib/libmbedtls/mbedtls/library/bignum.c:134
F 86 lib/libmbedtls/mbedtls/library/bignum.c:107
M 256 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:57
M 256 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:58
M 256 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:59
M 256 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:60
M 416 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:43
M 32 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:44
F 92 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:90
F 91 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:91
F 90 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:159
F 89 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:160
F 88 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:161
F 87 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:162
F 85 core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:203
F 84 lib/libmbedtls/mbedtls/library/bignum.c:107
F 81 core/lib/libtomcrypt/mpi_desc.c:771
F 83 lib/libmbedtls/mbedtls/library/bignum.c:107
F 79 core/lib/libtomcrypt/mpi_desc.c:771
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
F 111 core/kernel/ree_fs_ta.c:542
C 40 core/tee/fs_dirfile.c:129
C 64 core/tee/tee_ree_fs.c:433
C 240 core/tee/fs_htree.c:623
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 116 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 118 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 117 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 115 core/crypto/crypto.c:339
C 800 core/lib/libtomcrypt/ecb.c:109
F 119 core/crypto/crypto.c:190
C 608 core/crypto/aes-gcm.c:438
F 120 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
F 121 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 122 core/crypto/aes-gcm.c:451
R 0 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:438
F 124 core/crypto/aes-gcm.c:451
F 114 core/tee/fs_htree.c:702
F 113 core/tee/tee_ree_fs.c:477
F 123 core/tee/fs_dirfile.c:181
F 112 core/tee/fs_dirfile.c:182
C 40 core/tee/fs_dirfile.c:129
C 64 core/tee/tee_ree_fs.c:433
C 240 core/tee/fs_htree.c:623
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 129 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 131 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 130 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 128 core/crypto/crypto.c:339
C 800 core/lib/libtomcrypt/ecb.c:109
F 132 core/crypto/crypto.c:190
C 608 core/crypto/aes-gcm.c:438
F 133 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
F 134 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 135 core/crypto/aes-gcm.c:451
R 0 1 core/tee/fs_dirfile.c:61
R 136 1 core/tee/fs_dirfile.c:61
C 64 core/tee/tee_ree_fs.c:433
C 240 core/tee/fs_htree.c:623
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 141 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 143 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 142 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 140 core/crypto/crypto.c:339
C 800 core/lib/libtomcrypt/ecb.c:109
F 144 core/crypto/crypto.c:190
C 432 core/lib/libtomcrypt/hash.c:117
F 145 core/crypto/crypto.c:92
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 147 core/crypto/aes-gcm.c:451
F 146 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 148 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 149 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 150 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 151 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 152 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 154 core/crypto/aes-gcm.c:451
F 153 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 155 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 157 core/crypto/aes-gcm.c:451
F 156 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 158 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 159 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 160 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 162 core/crypto/aes-gcm.c:451
F 161 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 163 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 164 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 166 core/crypto/aes-gcm.c:451
F 165 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 167 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 168 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 169 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 171 core/crypto/aes-gcm.c:451
F 170 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 172 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 173 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 175 core/crypto/aes-gcm.c:451
F 174 core/crypto/crypto.c:92
C 608 core/crypto/aes-gcm.c:438
F 176 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 177 core/crypto/aes-gcm.c:451
C 608 core/crypto/aes-gcm.c:438
F 178 core/crypto/aes-gcm.c:451
C 432 core/lib/libtomcrypt/hash.c:117
C 608 core/crypto/aes-gcm.c:438
F 180 core/crypto/aes-gcm.c:451
F 179 core/crypto/crypto.c:92
F 127 core/tee/fs_htree.c:702
F 126 core/tee/tee_ree_fs.c:477
F 137 core/tee/fs_dirfile.c:181
F 125 core/tee/fs_dirfile.c:182
F 139 core/tee/fs_htree.c:702
F 138 core/tee/tee_ree_fs.c:477
F 77 core/mm/tee_mm.c:35
F 76 core/arch/arm/mm/mobj_dyn_shm.c:134
F 93 core/crypto/crypto.c:92
F 78 core/kernel/ree_fs_ta.c:650
F 94 core/kernel/ree_fs_ta.c:652
F 72 core/kernel/ree_fs_ta.c:653
F 26 core/kernel/ldelf_syscalls.c:119
F 96 core/kernel/handle.c:28
F 25 core/kernel/ldelf_syscalls.c:240
C 24 core/mm/fobj.c:752
M 24 core/mm/tee_mm.c:19 stack
C 56 core/mm/mobj.c:387
C 56 core/mm/vm.c:307
M 75 core/tee/tee_svc.c:64
W 185 core/tee/tee_svc.c:73
M 54 core/tee/tee_svc.c:582
W 186 core/tee/tee_svc.c:605
M 47 core/tee/tee_svc.c:64
W 187 core/tee/tee_svc.c:73
M 59 core/tee/tee_svc.c:64
W 188 core/tee/tee_svc.c:73
M 20 core/tee/tee_svc.c:64
W 189 core/tee/tee_svc.c:73
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
F 99 core/mm/mobj.c:429
F 100 core/mm/vm.c:811
F 103 core/mm/tee_mm.c:35
F 102 core/mm/fobj.c:796
F 106 core/mm/file.c:75
F 98 core/mm/tee_mm.c:35
F 97 core/mm/fobj.c:796
F 101 core/mm/file.c:75
F 95 core/mm/file.c:78
F 104 core/mm/mobj.c:429
F 105 core/mm/vm.c:811
F 108 core/mm/tee_mm.c:35
F 107 core/mm/fobj.c:796
F 109 core/mm/mobj.c:429
F 110 core/mm/vm.c:811
F 182 core/mm/tee_mm.c:35
F 181 core/mm/fobj.c:796
F 183 core/mm/mobj.c:429
F 184 core/mm/vm.c:811
F 1 core/kernel/user_ta.c:397
`,
  "loader.txt": `# The loader's own heap, for an application without libraries.
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
call.ta_list             M 92n   core/kernel/tee_ta_manager.c:968                            measured
call.ta_list             F -     core/kernel/tee_ta_manager.c:984                            measured

# Persistent objects
storage.object           C 72    core/tee/tee_pobj.c:98                                      measured
storage.object           F -     core/tee/tee_pobj.c:152                                     measured
storage.id               M n     core/tee/tee_pobj.c:114                                     measured
storage.id               F -     core/tee/tee_pobj.c:151                                     measured
storage.new_id           M n     core/tee/tee_pobj.c:174                                     measured
storage.new_id           F -     core/tee/tee_pobj.c:182                                     measured
storage.handle           C 96    core/tee/tee_obj.c:77                                       measured
storage.handle           F -     core/tee/tee_obj.c:85                                       measured
storage.attributes       M n     core/tee/tee_svc_storage.c:273                              measured
storage.attributes       F -     core/tee/tee_svc_storage.c:304                              measured
storage.attributes_read  M n     core/tee/tee_svc_storage.c:129                              measured
storage.attributes_read  F -     core/tee/tee_svc_storage.c:158                              measured
storage.enumerator       M 32    core/tee/tee_svc_storage.c:542                              measured
storage.enumerator       F -     core/tee/tee_svc_storage.c:72                               measured
storage.directory        C 40    core/tee/fs_dirfile.c:129                                   measured
storage.directory        F -     core/tee/fs_dirfile.c:182                                   measured
storage.file_numbers     M 1     core/tee/fs_dirfile.c:61                                    measured
storage.file_numbers     F -     core/tee/fs_dirfile.c:181                                   measured
storage.file             C 64    core/tee/tee_ree_fs.c:433                                   measured
storage.file             F -     core/tee/tee_ree_fs.c:477                                   measured
storage.tree             C 240   core/tee/fs_htree.c:623                                     measured
storage.tree             F -     core/tee/fs_htree.c:702                                     measured
storage.node             C 104   core/tee/fs_htree.c:286                                     measured
storage.node             F -     core/tee/fs_htree.c:693                                     measured
storage.block_cipher     C 608   core/crypto/aes-gcm.c:438                                   measured
storage.block_cipher     F -     core/crypto/aes-gcm.c:451                                   measured
storage.node_hash        C 432   core/lib/libtomcrypt/hash.c:117                             measured
storage.node_hash        F -     core/crypto/aes-gcm.c:451                                   inferred freed where the others of its kind are, near enough
storage.key_hmac         C 584   core/lib/libtomcrypt/hmac.c:93                              measured
storage.key_hmac         F -     core/crypto/aes-gcm.c:451                                   inferred freed where the others of its kind are, near enough
storage.key_inner        M 64    core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40            measured
storage.key_inner        F -     core/crypto/aes-gcm.c:451                                   inferred freed where the others of its kind are, near enough
storage.key_digest       M 32    core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41            measured
storage.key_digest       F -     core/crypto/aes-gcm.c:451                                   inferred freed where the others of its kind are, near enough
storage.key_cipher       C 800   core/lib/libtomcrypt/ecb.c:109                              measured
storage.key_cipher       F -     core/crypto/aes-gcm.c:451                                   inferred freed where the others of its kind are, near enough

# What an operation's algorithm keeps
context.hash             C 432   core/lib/libtomcrypt/hash.c:117                             measured
context.hash             F -     core/crypto/crypto.c:92                                     measured
context.shake            C 424   core/lib/libtomcrypt/shake.c:58                             measured
context.shake            F -     core/crypto/crypto.c:92                                     measured
context.sm3              C 240   core/crypto/sm3-hash.c:104                                  measured
context.sm3              F -     core/crypto/sm3-hash.c:80                                   measured
context.ecb              C 800   core/lib/libtomcrypt/ecb.c:109                              measured
context.ecb              F -     core/crypto/crypto.c:190                                    measured
context.cbc              C 944   core/lib/libtomcrypt/cbc.c:111                              measured
context.cbc              F -     core/crypto/crypto.c:190                                    measured
context.ctr              C 1120  core/lib/libtomcrypt/ctr.c:104                              measured
context.ctr              F -     core/crypto/crypto.c:190                                    measured
context.xts              C 1584  core/lib/libtomcrypt/xts.c:121                              measured
context.xts              F -     core/crypto/crypto.c:190                                    measured
context.cts              C 32    core/crypto/aes-cts.c:237                                   measured
context.cts              F -     core/crypto/aes-cts.c:212                                   measured
context.sm4ecb           C 144   core/crypto/sm4-ecb.c:94                                    measured
context.sm4ecb           F -     core/crypto/sm4-ecb.c:70                                    measured
context.sm4cbc           C 160   core/crypto/sm4-cbc.c:99                                    measured
context.sm4cbc           F -     core/crypto/sm4-cbc.c:74                                    measured
context.sm4ctr           C 160   core/crypto/sm4-ctr.c:96                                    measured
context.sm4ctr           F -     core/crypto/sm4-ctr.c:71                                    measured
context.hmac             C 584   core/lib/libtomcrypt/hmac.c:93                              measured
context.hmac             F -     core/crypto/crypto.c:339                                    measured
context.sm3hmac          C 240   core/crypto/sm3-hmac.c:104                                  measured
context.sm3hmac          F -     core/crypto/sm3-hmac.c:80                                   measured
context.cbcmac           C 56    core/crypto/cbc-mac.c:204                                   measured
context.cbcmac           F -     core/crypto/cbc-mac.c:160                                   measured
context.cmac             C 1376  core/lib/libtomcrypt/cmac.c:98                              measured
context.cmac             F -     core/crypto/crypto.c:339                                    measured
context.gcm              C 608   core/crypto/aes-gcm.c:438                                   measured
context.gcm              F -     core/crypto/aes-gcm.c:451                                   measured
context.ccm              C 904   core/lib/libtomcrypt/ccm.c:30                               measured
context.ccm              F -     core/crypto/crypto.c:472                                    measured

# Operations and keys
key.operation            C 64    core/tee/tee_svc_cryp.c:2768                                measured
key.operation            F -     core/tee/tee_svc_cryp.c:2579                                measured
key.object               C 96    core/tee/tee_obj.c:77                                       measured
key.object               F -     core/tee/tee_obj.c:85                                       measured
key.secret               C 8+n   core/tee/tee_svc_cryp.c:1551                                measured
key.secret               F -     core/tee/tee_obj.c:84                                       measured
key.rsa_public           C 16    core/tee/tee_svc_cryp.c:1551                                measured
key.rsa_public           F -     core/tee/tee_obj.c:84                                       measured
key.rsa_pair             C 64    core/tee/tee_svc_cryp.c:1551                                measured
key.rsa_pair             F -     core/tee/tee_obj.c:84                                       measured
key.dsa_public           C 32    core/tee/tee_svc_cryp.c:1551                                measured
key.dsa_public           F -     core/tee/tee_obj.c:84                                       measured
key.dsa_pair             C 40    core/tee/tee_svc_cryp.c:1551                                measured
key.dsa_pair             F -     core/tee/tee_obj.c:84                                       measured
key.dh_pair              C 48    core/tee/tee_svc_cryp.c:1551                                inferred from the form of the others
key.dh_pair              F -     core/tee/tee_obj.c:84                                       inferred from the form of the others
key.ecc_public           C 32    core/tee/tee_svc_cryp.c:1551                                measured
key.ecc_public           F -     core/tee/tee_obj.c:84                                       measured
key.ecc_pair             C 40    core/tee/tee_svc_cryp.c:1551                                measured
key.ecc_pair             F -     core/tee/tee_obj.c:84                                       measured
key.ed25519_public       C 16    core/tee/tee_svc_cryp.c:1551                                inferred from the form of the others
key.ed25519_public       F -     core/tee/tee_obj.c:84                                       inferred from the form of the others
key.ed25519_pair         C 24    core/tee/tee_svc_cryp.c:1551                                inferred from the form of the others
key.ed25519_pair         F -     core/tee/tee_obj.c:84                                       inferred from the form of the others
key.x25519_pair          C 16    core/tee/tee_svc_cryp.c:1551                                inferred from the form of the others
key.x25519_pair          F -     core/tee/tee_obj.c:84                                       inferred from the form of the others
key.number               M 32    core/lib/libtomcrypt/mpi_desc.c:752                         measured
key.number               F -     core/lib/libtomcrypt/mpi_desc.c:771                         measured
key.limbs                C 8n    lib/libmbedtls/mbedtls/library/bignum.c:134                 measured
key.limbs                F -     lib/libmbedtls/mbedtls/library/bignum.c:107                 measured
key.ed25519_first        C 32    core/lib/libtomcrypt/ed25519.c:27                           inferred from the form of the others
key.ed25519_first        F -     core/tee/tee_svc_cryp.c:0                                   inferred where it is freed was never recorded
key.ed25519_second       C 32    core/lib/libtomcrypt/ed25519.c:28                           inferred from the form of the others
key.ed25519_second       F -     core/tee/tee_svc_cryp.c:0                                   inferred where it is freed was never recorded
key.x25519_first         C 32    core/lib/libtomcrypt/x25519.c:33                            inferred from the form of the others
key.x25519_first         F -     core/tee/tee_svc_cryp.c:0                                   inferred where it is freed was never recorded
key.x25519_second        C 32    core/lib/libtomcrypt/x25519.c:34                            inferred from the form of the others
key.x25519_second        F -     core/tee/tee_svc_cryp.c:0                                   inferred where it is freed was never recorded

# The attributes of a call, as the core copies them
copy.populate            M 24n   core/tee/tee_svc_cryp.c:1990                                measured
copy.populate            W -     core/tee/tee_svc_cryp.c:2009                                measured
copy.generate            M 24n   core/tee/tee_svc_cryp.c:2412                                measured
copy.generate            W -     core/tee/tee_svc_cryp.c:2525                                measured
copy.operate             M 24n   core/tee/tee_svc_cryp.c:4415                                measured
copy.operate             W -     core/tee/tee_svc_cryp.c:4594                                measured
copy.verify              M 24n   core/tee/tee_svc_cryp.c:4649                                measured
copy.verify              W -     core/tee/tee_svc_cryp.c:4750                                measured
copy.derive              M 24n   core/tee/tee_svc_cryp.c:3661                                measured
copy.derive              W -     core/tee/tee_svc_cryp.c:4017                                measured

# Cryptography at work
work.hmac_key            M n     core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45            measured
work.hmac_key            F -     core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90            measured
work.hmac_inner          M n     core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40            measured
work.hmac_inner          F -     core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91            measured
work.hmac_digest         M n     core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41            measured
work.hmac_digest         F -     core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90            measured
work.cbcmac_blocks       M n     core/crypto/cbc-mac.c:86                                    measured
work.cbcmac_blocks       F -     core/crypto/cbc-mac.c:123                                   measured
work.power               C 1040  lib/libmbedtls/mbedtls/library/bignum.c:134                 measured
work.power               F -     lib/libmbedtls/mbedtls/library/bignum.c:107                 measured
work.hash_memory         M 416   core/lib/libtomcrypt/src/hashes/helper/hash_memory.c:38     measured
work.hash_memory         F -     core/lib/libtomcrypt/src/hashes/helper/hash_memory.c:55     measured
work.mask_hash           M 416   core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:43          measured
work.mask_hash           F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:91          measured
work.mask_digest         M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:44          measured
work.mask_digest         F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:90          measured
work.oaep_encode_block   M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:59   measured
work.oaep_encode_block   F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:155  measured
work.oaep_encode_mask    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:60   measured
work.oaep_encode_mask    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:154  measured
work.oaep_encode_seed    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:61   measured
work.oaep_encode_seed    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:153  measured
work.oaep_decode_block   M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:56   measured
work.oaep_decode_block   F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:170  measured
work.oaep_decode_mask    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:57   measured
work.oaep_decode_mask    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:169  measured
work.oaep_decode_seed    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:58   measured
work.oaep_decode_seed    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:168  measured
work.pss_encode_block    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:58    measured
work.pss_encode_block    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:159   measured
work.pss_encode_mask     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:59    measured
work.pss_encode_mask     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:158   measured
work.pss_encode_salt     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:60    measured
work.pss_encode_salt     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:157   measured
work.pss_encode_hash     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:61    measured
work.pss_encode_hash     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:156   measured
work.pss_decode_block    M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:57    measured
work.pss_decode_block    F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:162   measured
work.pss_decode_mask     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:58    measured
work.pss_decode_mask     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:161   measured
work.pss_decode_salt     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:59    measured
work.pss_decode_salt     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:160   measured
work.pss_decode_hash     M n     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:60    measured
work.pss_decode_hash     F -     core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:159   measured
work.rsa_decrypt         M n     core/lib/libtomcrypt/src/pk/rsa/rsa_decrypt_key.c:68        measured
work.rsa_decrypt         F -     core/lib/libtomcrypt/src/pk/rsa/rsa_decrypt_key.c:89        measured
work.rsa_sign            M n     core/lib/libtomcrypt/src/pk/rsa/rsa_sign_hash.c:105         measured
work.rsa_sign            F -     core/lib/libtomcrypt/src/pk/rsa/rsa_sign_hash.c:124         measured
work.rsa_verify          M n     core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:72        measured
work.rsa_verify          F -     core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:203       measured
work.rsa_verify_digest   M n     core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:114       measured
work.rsa_verify_digest   F -     core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:196       measured
work.prime               C n     core/lib/libtomcrypt/src/math/rand_prime.c:40               measured
work.prime               F -     core/lib/libtomcrypt/src/math/rand_prime.c:73               measured
work.dsa_sign            M 64    core/lib/libtomcrypt/src/pk/dsa/dsa_sign_hash.c:48          measured
work.dsa_sign            F -     core/lib/libtomcrypt/src/pk/dsa/dsa_sign_hash.c:97          measured
work.random_number       C n     core/lib/libtomcrypt/src/math/rand_bn.c:25                  measured
work.random_number       F -     core/lib/libtomcrypt/src/math/rand_bn.c:43                  measured
work.times_point         C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.times_point         F -     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mulmod_timing.c:140 measured
work.times_result        C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.times_result        F -     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mulmod_timing.c:138 measured
work.sum_first           C 256   core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:47        measured
work.sum_first           F -     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:185       measured
work.sum_second          C 256   core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:51        measured
work.sum_second          F -     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:186       measured
work.sum_point           C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.sum_point           F -     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:178       measured
work.ecdh_product        C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.ecdh_product        F -     core/lib/libtomcrypt/src/pk/ecc/ecc_shared_secret.c:62      measured
work.ecdsa_verify_first  C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.ecdsa_verify_first  F -     core/lib/libtomcrypt/src/pk/ecc/ecc_verify_hash.c:197       measured
work.ecdsa_verify_second C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.ecdsa_verify_second F -     core/lib/libtomcrypt/src/pk/ecc/ecc_verify_hash.c:198       measured
work.sm2_sign            C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.sm2_sign            F -     core/lib/libtomcrypt/sm2-dsa.c:131                          measured
work.sm2_verify          C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.sm2_verify          F -     core/lib/libtomcrypt/sm2-dsa.c:245                          measured
work.sm2_encrypt_first   C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.sm2_encrypt_first   F -     core/lib/libtomcrypt/sm2-pke.c:509                          measured
work.sm2_encrypt_second  C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.sm2_encrypt_second  F -     core/lib/libtomcrypt/sm2-pke.c:511                          measured
work.sm2_encrypt_data    C n     core/lib/libtomcrypt/sm2-pke.c:446                          measured
work.sm2_encrypt_data    F -     core/lib/libtomcrypt/sm2-pke.c:508                          measured
work.sm2_decrypt_first   C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.sm2_decrypt_first   F -     core/lib/libtomcrypt/sm2-pke.c:294                          measured
work.sm2_decrypt_second  C 24    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20         measured
work.sm2_decrypt_second  F -     core/lib/libtomcrypt/sm2-pke.c:296                          measured
work.sm2_decrypt_data    C n     core/lib/libtomcrypt/sm2-pke.c:228                          measured
work.sm2_decrypt_data    F -     core/lib/libtomcrypt/sm2-pke.c:292                          measured
work.sm3                 C 240   core/crypto/sm3-hash.c:104                                  measured
work.sm3                 F -     core/crypto/sm3-hash.c:80                                   measured
`,
  "ta_sites.txt": `# What the trusted world allocates on the heap of a trusted application, and where: name, operation (M malloc, C calloc, F free, W free and wipe),
# bytes (n is what the code counts: bytes, pages, words), file:line, and how that is known.
word 8

# The library of a trusted application
ta.number_pool      C 24    lib/libutils/ext/mempool.c:121       measured
ta.tls              C 64    lib/libutee/tcb.c:190                measured
ta.tls              F -     lib/libutee/tcb.c:205                measured
ta.initializers     M 80    lib/libutee/user_ta_entry.c:64       measured
ta.initializers     F -     lib/libutee/user_ta_entry.c:134      measured
ta.session          M 32    lib/libutee/user_ta_entry.c:233      measured
ta.session          F -     lib/libutee/user_ta_entry.c:252      measured
ta.operation        C 96    lib/libutee/tee_api_operations.c:315 measured
ta.operation        F -     lib/libutee/tee_api_operations.c:437 measured
ta.operation_buffer M n     lib/libutee/tee_api_operations.c:344 measured
ta.operation_buffer F -     lib/libutee/tee_api_operations.c:436 measured
`,
};
