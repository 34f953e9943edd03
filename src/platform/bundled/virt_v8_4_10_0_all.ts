// Written by 'npm run platforms' from data/platforms/virt_v8-4.10.0-all: do not edit.

/** Text of each of the platform's files. */
export const VIRT_V8_4_10_0_ALL: Readonly<Record<string, string>> = {
  "platform.json": `{
  "name": "virt_v8-4.10.0-all",
  "optee": "4.10.0",
  "board": "vexpress-qemu_armv8a",
  "build": "vexpress-qemu_armv8a on QEMU's virt board with GICv3, 64 bit, first fit, Debian's source 4.10.0-2 with statistics of applications and leak headers",
  "core": {
    "word": 8,
    "heapBase": "0xe1d4730",
    "heapSlack": 2256,
    "nexusBase": "0xe1b0000",
    "ram": {
      "size": 2097152,
      "used": 1265664
    }
  },
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
  "switches": "CFG_WITH_STATS=y CFG_TA_STATS=y CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TEE_TA_MALLOC_DEBUG=y CFG_CORE_HEAP_SIZE=196608",
  "provenance": [
    {
      "of": "boot.txt",
      "how": "measured",
      "source": "each operation on the heap of the unpatched core, with its arguments and call site, seen by teemem's plugin in QEMU"
    },
    {
      "of": "load.txt, unload.txt",
      "how": "measured",
      "source": "the same recording, while the last TA came and went alone. Its parts are in the order of qemu_v8-4.0.0"
    },
    {
      "of": "core_sites.txt",
      "how": "measured",
      "source": "what the recording has in the file, of the kind and of the size that qemu_v8-4.0.0 says; each row says whether it was found"
    },
    {
      "of": "ta_sites.txt",
      "how": "measured",
      "source": "heaps of TAs in the same recording; each row says whether it was found"
    },
    {
      "of": "loader.txt",
      "how": "analogy",
      "source": "qemu_v8-4.0.0"
    },
    {
      "of": "address and slack of the core heap, its further pools",
      "how": "measured",
      "source": "the pools in the recording"
    },
    {
      "of": "physical memory of the core",
      "how": "measured",
      "source": "'xtest --stats --alloc' of the board"
    },
    {
      "of": "memory for TAs, pages of the loader's parts, addresses of its heap and of the nexus heap",
      "how": "analogy",
      "source": "qemu_v8-4.0.0"
    }
  ]
}
`,
  "boot.txt": `# The core heap from its first pool on, until the normal world is up.
word 8
P 77824 320 core/arch/arm/kernel/boot.c:929
C 560 core/mm/core_mmu.c:1696
M 48 core/mm/phys_mem.c:29
A 16 24 core/mm/tee_mm.c:37
A 16 24 core/mm/tee_mm.c:249
P 37120 3840 core/arch/arm/kernel/boot.c:878
F 4 core/mm/tee_mm.c:310
A 16 24 core/mm/tee_mm.c:249
A 16 24 core/mm/tee_mm.c:249
A 16 24 core/mm/tee_mm.c:37
C 32 core/kernel/boot.c:114
R 8 64 core/mm/core_mmu.c:418
C 32 core/kernel/dt.c:699
M 64 core/kernel/dt.c:613
R 11 128 core/kernel/dt.c:613
C 3584 core/kernel/thread.c:589
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
C 320 core/kernel/thread.c:623
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:37
C 48 core/tests/notif_test_wd.c:150
M 48 core/kernel/dt_driver.c:701
M 48 core/kernel/dt_driver.c:701
M 48 core/kernel/dt_driver.c:701
M 48 core/kernel/dt_driver.c:701
M 48 core/kernel/dt_driver.c:701
M 48 core/kernel/dt_driver.c:701
M 48 core/kernel/dt_driver.c:701
M 48 core/kernel/dt_driver.c:701
M 48 core/kernel/dt_driver.c:701
C 48 core/pta/tests/dt_driver_test.c:67
C 40 core/kernel/dt_driver.c:150
C 64 core/pta/tests/dt_driver_test.c:67
C 40 core/kernel/dt_driver.c:150
C 128 core/pta/tests/dt_driver_test.c:67
C 40 core/kernel/dt_driver.c:150
C 32 core/kernel/dt_driver.c:267
F 52 core/kernel/dt_driver.c:283
C 32 core/kernel/dt_driver.c:267
F 53 core/kernel/dt_driver.c:283
C 32 core/kernel/dt_driver.c:267
F 54 core/kernel/dt_driver.c:283
C 32 core/kernel/dt_driver.c:267
F 55 core/kernel/dt_driver.c:283
C 32 core/kernel/dt_driver.c:267
F 56 core/kernel/dt_driver.c:283
C 32 core/kernel/dt_driver.c:267
F 57 core/kernel/dt_driver.c:283
C 32 core/kernel/dt_driver.c:267
F 58 core/kernel/dt_driver.c:283
C 40 core/kernel/dt_driver.c:267
C 16 core/drivers/gpio/gpio.c:23
F 59 core/kernel/dt_driver.c:283
C 40 core/kernel/dt_driver.c:267
C 16 core/drivers/gpio/gpio.c:23
F 61 core/kernel/dt_driver.c:283
C 64 lib/libutils/ext/mempool.c:122
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
F 99 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 101 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 100 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 98 core/crypto/crypto.c:338
C 56 core/mm/mobj.c:164
C 56 core/mm/mobj.c:164
C 56 core/mm/mobj.c:164
F 12 core/kernel/dt.c:683
F 10 core/kernel/dt.c:684
F 39 core/kernel/dt_driver.c:885
F 37 core/kernel/dt_driver.c:885
F 43 core/kernel/dt_driver.c:885
F 44 core/kernel/dt_driver.c:885
F 45 core/kernel/dt_driver.c:885
F 42 core/kernel/dt_driver.c:885
F 41 core/kernel/dt_driver.c:885
F 40 core/kernel/dt_driver.c:885
F 38 core/kernel/dt_driver.c:885
F 51 core/kernel/dt_driver.c:891
F 49 core/kernel/dt_driver.c:891
F 47 core/kernel/dt_driver.c:891
F 50 core/pta/tests/dt_driver_test.c:103
F 48 core/pta/tests/dt_driver_test.c:103
F 46 core/pta/tests/dt_driver_test.c:103
C 80 core/mm/mobj_dyn_shm.c:363
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
M 8 core/kernel/msg_param.c:132
C 80 core/mm/mobj_dyn_shm.c:363
A 16 24 core/mm/tee_mm.c:137
F 110 core/mm/tee_mm.c:310
F 109 core/mm/mobj_dyn_shm.c:149
C 80 core/mm/mobj_dyn_shm.c:363
F 108 core/kernel/msg_param.c:147
F 106 core/mm/tee_mm.c:310
F 105 core/mm/mobj_dyn_shm.c:149
A 16 24 core/mm/tee_mm.c:137
C 152 core/kernel/tee_ta_manager.c:610
C 88 core/kernel/pseudo_ta.c:316
F 112 core/mm/tee_mm.c:310
A 16 24 core/mm/tee_mm.c:137
F 115 core/mm/tee_mm.c:310
C 80 core/mm/mobj_dyn_shm.c:363
A 16 24 core/mm/tee_mm.c:137
M 8 core/kernel/msg_param.c:132
C 80 core/mm/mobj_dyn_shm.c:363
A 16 24 core/mm/tee_mm.c:137
F 120 core/mm/tee_mm.c:310
F 119 core/mm/mobj_dyn_shm.c:149
C 80 core/mm/mobj_dyn_shm.c:363
F 118 core/kernel/msg_param.c:147
F 117 core/mm/tee_mm.c:310
F 116 core/mm/mobj_dyn_shm.c:149
A 16 24 core/mm/tee_mm.c:137
A 16 24 core/mm/tee_mm.c:137
F 123 core/mm/tee_mm.c:310
F 122 core/mm/tee_mm.c:310
C 80 core/mm/mobj_dyn_shm.c:363
A 16 24 core/mm/tee_mm.c:137
F 121 core/mm/mobj_dyn_shm.c:149
F 125 core/mm/tee_mm.c:310
F 124 core/mm/mobj_dyn_shm.c:149
A 16 24 core/mm/tee_mm.c:137
F 113 core/kernel/tee_ta_manager.c:321
F 126 core/mm/tee_mm.c:310
A 16 24 core/mm/tee_mm.c:137
C 152 core/kernel/tee_ta_manager.c:610
F 127 core/mm/tee_mm.c:310
A 16 24 core/mm/tee_mm.c:137
F 129 core/mm/tee_mm.c:310
A 16 24 core/mm/tee_mm.c:137
F 128 core/kernel/tee_ta_manager.c:321
F 130 core/mm/tee_mm.c:310
A 16 24 core/mm/tee_mm.c:137
F 131 core/mm/tee_mm.c:310
`,
  "load.txt": `# The core heap while a TA is loaded.
word 8
C 832 core/kernel/user_ta.c:481
C 56 core/mm/vm.c:306
C 56 core/mm/vm.c:306
C 24 core/mm/fobj.c:756
A 16 24 core/mm/tee_mm.c:137 bbuf
C 56 core/mm/mobj.c:377
C 56 core/mm/vm.c:306
C 24 core/mm/fobj.c:756
A 16 24 core/mm/tee_mm.c:137 ldelf-stack
C 56 core/mm/mobj.c:377
C 56 core/mm/vm.c:306
C 24 core/mm/fobj.c:756
A 16 24 core/mm/tee_mm.c:137 ldelf-code
C 56 core/mm/mobj.c:377
C 56 core/mm/vm.c:306
C 24 core/mm/fobj.c:756
A 16 24 core/mm/tee_mm.c:137 ldelf-data
C 56 core/mm/mobj.c:377
C 56 core/mm/vm.c:306
M 66 core/tee/tee_svc.c:41
W 20 core/tee/tee_svc.c:50
C 24 core/mm/fobj.c:756
A 16 24 core/mm/tee_mm.c:137 ldelf-heap
C 56 core/mm/mobj.c:377
C 56 core/mm/vm.c:306
C 24 core/kernel/ldelf_syscalls.c:150
C 40 core/kernel/ldelf_syscalls.c:156
C 144 core/tee/tadb.c:642
C 32 core/tee/tadb.c:216
C 40 core/tee/fs_dirfile.c:129
C 64 core/tee/tee_ree_fs.c:449
C 32 core/kernel/thread.c:787
M 8 core/kernel/msg_param.c:132
C 80 core/mm/mobj_dyn_shm.c:363
A 16 24 core/mm/tee_mm.c:137
F 34 core/mm/tee_mm.c:310
F 33 core/mm/mobj_dyn_shm.c:149
C 80 core/mm/mobj_dyn_shm.c:363
A 16 24 core/mm/tee_mm.c:137
F 32 core/kernel/msg_param.c:147
C 240 core/tee/fs_htree.c:681
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 39 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 41 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 40 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 38 core/crypto/crypto.c:338
C 800 core/lib/libtomcrypt/ecb.c:109
F 42 core/crypto/crypto.c:189
C 608 core/crypto/aes-gcm.c:436
F 43 core/crypto/aes-gcm.c:449
C 432 core/lib/libtomcrypt/hash.c:117
F 44 core/crypto/crypto.c:91
C 608 core/crypto/aes-gcm.c:436
F 45 core/crypto/aes-gcm.c:449
M 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:436
F 47 core/crypto/aes-gcm.c:449
R 46 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:436
F 49 core/crypto/aes-gcm.c:449
R 48 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:436
F 51 core/crypto/aes-gcm.c:449
R 50 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:436
F 53 core/crypto/aes-gcm.c:449
R 52 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:436
F 55 core/crypto/aes-gcm.c:449
C 608 core/crypto/aes-gcm.c:436
F 56 core/crypto/aes-gcm.c:449
C 608 core/crypto/aes-gcm.c:436
F 57 core/crypto/aes-gcm.c:449
C 64 core/tee/tee_ree_fs.c:449
C 240 core/tee/fs_htree.c:681
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 61 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 63 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 62 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 60 core/crypto/crypto.c:338
C 800 core/lib/libtomcrypt/ecb.c:109
F 64 core/crypto/crypto.c:189
C 608 core/crypto/aes-gcm.c:436
F 65 core/crypto/aes-gcm.c:449
C 432 core/lib/libtomcrypt/hash.c:117
F 66 core/crypto/crypto.c:91
F 37 core/tee/fs_htree.c:750
F 30 core/tee/tee_ree_fs.c:499
F 54 core/tee/fs_dirfile.c:181
F 29 core/tee/fs_dirfile.c:182
F 59 core/tee/fs_htree.c:750
F 58 core/tee/tee_ree_fs.c:499
F 28 core/tee/tadb.c:267
F 27 core/tee/tadb.c:671
C 72 core/kernel/ree_fs_ta.c:261
M 744 core/kernel/msg_param.c:132
C 80 core/mm/mobj_dyn_shm.c:363
A 16 24 core/mm/tee_mm.c:137
F 70 core/mm/tee_mm.c:310
F 69 core/mm/mobj_dyn_shm.c:149
C 816 core/mm/mobj_dyn_shm.c:363
A 16 24 core/mm/tee_mm.c:137
F 68 core/kernel/msg_param.c:147
M 564 core/crypto/signed_hdr.c:38
M 16 core/lib/libtomcrypt/mpi_desc.c:751
C 512 lib/libmbedtls/mbedtls/library/bignum.c:249
M 16 core/lib/libtomcrypt/mpi_desc.c:751
C 512 lib/libmbedtls/mbedtls/library/bignum.c:249
F 75 lib/libmbedtls/mbedtls/library/platform_util.c:145
C 8 lib/libmbedtls/mbedtls/library/bignum.c:249
M 512 core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:72
M 512 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:57
M 512 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:58
M 512 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:59
M 512 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:60
M 416 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:43
M 32 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:44
F 85 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:90
F 84 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:91
F 83 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:159
F 82 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:160
F 81 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:161
F 80 core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:162
F 79 core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:206
F 77 lib/libmbedtls/mbedtls/library/platform_util.c:145
F 76 core/lib/libtomcrypt/mpi_desc.c:770
F 78 lib/libmbedtls/mbedtls/library/platform_util.c:145
F 74 core/lib/libtomcrypt/mpi_desc.c:770
C 432 core/lib/libtomcrypt/hash.c:117
M 20 core/kernel/ree_fs_ta.c:393
C 88 core/mm/file.c:151
M 32 core/kernel/handle.c:69
C 24 core/mm/fobj.c:756
A 16 24 core/mm/tee_mm.c:137 elf-header
C 56 core/mm/mobj.c:377
C 56 core/mm/vm.c:306
C 24 core/mm/file.c:91
C 24 core/mm/fobj.c:756
A 16 24 core/mm/tee_mm.c:137 text
C 56 core/mm/mobj.c:377
C 56 core/mm/vm.c:306
C 24 core/mm/file.c:91
C 24 core/mm/fobj.c:756
A 16 24 core/mm/tee_mm.c:137 data
C 56 core/mm/mobj.c:377
C 56 core/mm/vm.c:306
M 32 core/kernel/ree_fs_ta.c:536
F 104 core/kernel/ree_fs_ta.c:548
C 40 core/tee/fs_dirfile.c:129
C 64 core/tee/tee_ree_fs.c:449
C 240 core/tee/fs_htree.c:681
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 109 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 111 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 110 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 108 core/crypto/crypto.c:338
C 800 core/lib/libtomcrypt/ecb.c:109
F 112 core/crypto/crypto.c:189
C 608 core/crypto/aes-gcm.c:436
F 113 core/crypto/aes-gcm.c:449
C 432 core/lib/libtomcrypt/hash.c:117
F 114 core/crypto/crypto.c:91
C 608 core/crypto/aes-gcm.c:436
F 115 core/crypto/aes-gcm.c:449
M 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:436
F 117 core/crypto/aes-gcm.c:449
R 116 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:436
F 119 core/crypto/aes-gcm.c:449
R 118 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:436
F 121 core/crypto/aes-gcm.c:449
R 120 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:436
F 123 core/crypto/aes-gcm.c:449
R 122 1 core/tee/fs_dirfile.c:61
C 608 core/crypto/aes-gcm.c:436
F 125 core/crypto/aes-gcm.c:449
C 608 core/crypto/aes-gcm.c:436
F 126 core/crypto/aes-gcm.c:449
C 608 core/crypto/aes-gcm.c:436
F 127 core/crypto/aes-gcm.c:449
C 608 core/crypto/aes-gcm.c:436
F 128 core/crypto/aes-gcm.c:449
C 64 core/tee/tee_ree_fs.c:449
C 240 core/tee/fs_htree.c:681
C 584 core/lib/libtomcrypt/hmac.c:93
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45
F 132 core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90
M 64 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40
M 32 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41
F 134 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90
F 133 core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91
F 131 core/crypto/crypto.c:338
C 800 core/lib/libtomcrypt/ecb.c:109
F 135 core/crypto/crypto.c:189
C 608 core/crypto/aes-gcm.c:436
F 136 core/crypto/aes-gcm.c:449
C 432 core/lib/libtomcrypt/hash.c:117
F 137 core/crypto/crypto.c:91
C 608 core/crypto/aes-gcm.c:436
F 138 core/crypto/aes-gcm.c:449
C 608 core/crypto/aes-gcm.c:436
F 139 core/crypto/aes-gcm.c:449
C 608 core/crypto/aes-gcm.c:436
F 140 core/crypto/aes-gcm.c:449
C 608 core/crypto/aes-gcm.c:436
F 141 core/crypto/aes-gcm.c:449
F 107 core/tee/fs_htree.c:750
F 106 core/tee/tee_ree_fs.c:499
F 124 core/tee/fs_dirfile.c:181
F 105 core/tee/fs_dirfile.c:182
F 130 core/tee/fs_htree.c:750
F 129 core/tee/tee_ree_fs.c:499
F 72 core/mm/tee_mm.c:310
F 71 core/mm/mobj_dyn_shm.c:149
F 86 core/crypto/crypto.c:91
F 73 core/kernel/ree_fs_ta.c:656
F 87 core/kernel/ree_fs_ta.c:658
F 67 core/kernel/ree_fs_ta.c:659
F 26 core/kernel/ldelf_syscalls.c:119
F 89 core/kernel/handle.c:28
F 25 core/kernel/ldelf_syscalls.c:240
C 24 core/mm/fobj.c:756
A 16 24 core/mm/tee_mm.c:137 stack
C 56 core/mm/mobj.c:377
C 56 core/mm/vm.c:306
M 75 core/tee/tee_svc.c:41
W 146 core/tee/tee_svc.c:50
M 54 core/tee/tee_svc.c:559
W 147 core/tee/tee_svc.c:582
F 36 core/mm/tee_mm.c:310
F 35 core/mm/mobj_dyn_shm.c:149
F 31 core/kernel/thread.c:859
`,
  "unload.txt": `# The core heap when its last session closes. The numbers are those of load.txt.
word 8
F 2 core/mm/vm.c:810
F 3 core/mm/vm.c:810
F 5 core/mm/tee_mm.c:310
F 4 core/mm/fobj.c:801
F 6 core/mm/mobj.c:419
F 7 core/mm/vm.c:810
F 9 core/mm/tee_mm.c:310
F 8 core/mm/fobj.c:801
F 10 core/mm/mobj.c:419
F 11 core/mm/vm.c:810
F 13 core/mm/tee_mm.c:310
F 12 core/mm/fobj.c:801
F 14 core/mm/mobj.c:419
F 15 core/mm/vm.c:810
F 17 core/mm/tee_mm.c:310
F 16 core/mm/fobj.c:801
F 18 core/mm/mobj.c:419
F 19 core/mm/vm.c:810
F 22 core/mm/tee_mm.c:310
F 21 core/mm/fobj.c:801
F 23 core/mm/mobj.c:419
F 24 core/mm/vm.c:810
F 92 core/mm/mobj.c:419
F 93 core/mm/vm.c:810
F 143 core/mm/tee_mm.c:310
F 142 core/mm/fobj.c:801
F 144 core/mm/mobj.c:419
F 145 core/mm/vm.c:810
F 96 core/mm/tee_mm.c:310
F 95 core/mm/fobj.c:801
F 99 core/mm/file.c:75
F 91 core/mm/tee_mm.c:310
F 90 core/mm/fobj.c:801
F 94 core/mm/file.c:75
F 88 core/mm/file.c:78
F 97 core/mm/mobj.c:419
F 98 core/mm/vm.c:810
F 101 core/mm/tee_mm.c:310
F 100 core/mm/fobj.c:801
F 102 core/mm/mobj.c:419
F 103 core/mm/vm.c:810
F 1 core/kernel/user_ta.c:403
`,
  "loader.txt": `# The loader's own heap, for an application without libraries.
word 8
C 304 ldelf/ta_elf.c:64
C 72 ldelf/ta_elf.c:536
C 72 ldelf/ta_elf.c:536
M 1088 ldelf/ta_elf.c:1103
R 0 64 ldelf/ta_elf.c:1912
`,
  "core_sites.txt": `# Blocks of the core heap, as the recording has them; else as qemu_v8-4.0.0.
word 8
call.mapping               M 24     core/mm/tee_mm.c:137                                         inferred  the most frequent of its size in the file
call.mapping               F -      core/mm/tee_mm.c:310                                         measured
call.region                C 56     core/mm/vm.c:306                                             measured
call.region                F -      core/mm/vm.c:810                                             measured
call.session               C 152    core/kernel/tee_ta_manager.c:610                             measured
call.session               F -      core/kernel/tee_ta_manager.c:321                             measured
call.pseudo_ta             C 88     core/kernel/pseudo_ta.c:316                                  measured
call.shared_memory         C 72+8n  core/mm/mobj_dyn_shm.c:363                                   measured
call.shared_memory         F -      core/mm/mobj_dyn_shm.c:149                                   measured
call.page_list             M 8n     core/kernel/msg_param.c:132                                  measured
call.page_list             F -      core/kernel/msg_param.c:147                                  measured
call.ta_list               M 92n    core/kernel/tee_ta_manager.c:1002                            measured
call.ta_list               F -      core/kernel/tee_ta_manager.c:1018                            measured
storage.object             C 72     core/tee/tee_pobj.c:117                                      measured
storage.object             F -      core/tee/tee_pobj.c:171                                      measured
storage.id                 M n      core/tee/tee_pobj.c:133                                      measured
storage.id                 F -      core/tee/tee_pobj.c:170                                      inferred  the most frequent of 2 places
storage.new_id             M n      core/tee/tee_pobj.c:193                                      measured
storage.new_id             F -      core/tee/tee_pobj.c:170                                      measured
storage.handle             C 96     core/tee/tee_obj.c:76                                        measured
storage.handle             F -      core/tee/tee_obj.c:84                                        measured
storage.attributes         M n      core/tee/tee_svc_storage.c:273                               analogy   as qemu_v8-4.0.0
storage.attributes         F -      core/tee/tee_svc_storage.c:304                               analogy   as qemu_v8-4.0.0
storage.attributes_read    M n      core/tee/tee_svc_storage.c:129                               analogy   as qemu_v8-4.0.0
storage.attributes_read    F -      core/tee/tee_svc_storage.c:158                               analogy   as qemu_v8-4.0.0
storage.enumerator         M 32     core/tee/tee_svc_storage.c:548                               measured
storage.enumerator         F -      core/tee/tee_svc_storage.c:71                                measured
storage.directory          C 40     core/tee/fs_dirfile.c:129                                    measured
storage.directory          F -      core/tee/fs_dirfile.c:182                                    measured
storage.file_numbers       M 1      core/tee/fs_dirfile.c:61                                     measured
storage.file_numbers       F -      core/tee/fs_dirfile.c:181                                    measured
storage.file               C 64     core/tee/tee_ree_fs.c:449                                    measured
storage.file               F -      core/tee/tee_ree_fs.c:499                                    inferred  the most frequent of 2 places
storage.tree               C 240    core/tee/fs_htree.c:681                                      measured
storage.tree               F -      core/tee/fs_htree.c:750                                      measured
storage.node               C 104    core/tee/fs_htree.c:287                                      measured
storage.node               F -      core/tee/fs_htree.c:741                                      measured
storage.block_cipher       C 608    core/crypto/aes-gcm.c:436                                    measured
storage.block_cipher       F -      core/crypto/aes-gcm.c:449                                    measured
storage.node_hash          C 432    core/lib/libtomcrypt/hash.c:117                              measured
storage.node_hash          F -      core/crypto/crypto.c:91                                      measured
storage.key_hmac           C 584    core/lib/libtomcrypt/hmac.c:93                               measured
storage.key_hmac           F -      core/crypto/crypto.c:338                                     measured
storage.key_inner          M 64     core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40             measured
storage.key_inner          F -      core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91             measured
storage.key_digest         M 32     core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41             measured
storage.key_digest         F -      core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90             measured
storage.key_cipher         C 800    core/lib/libtomcrypt/ecb.c:109                               measured
storage.key_cipher         F -      core/crypto/crypto.c:189                                     measured
context.hash               C 432    core/lib/libtomcrypt/hash.c:117                              measured
context.hash               F -      core/crypto/crypto.c:91                                      measured
context.shake              C 424    core/lib/libtomcrypt/shake.c:58                              measured
context.shake              F -      core/crypto/crypto.c:91                                      measured
context.sm3                C 240    core/crypto/sm3-hash.c:104                                   measured
context.sm3                F -      core/crypto/sm3-hash.c:80                                    measured
context.ecb                C 800    core/lib/libtomcrypt/ecb.c:109                               measured
context.ecb                F -      core/crypto/crypto.c:189                                     measured
context.cbc                C 944    core/lib/libtomcrypt/cbc.c:111                               measured
context.cbc                F -      core/crypto/crypto.c:189                                     measured
context.ctr                C 1104   core/lib/libtomcrypt/ctr.c:104                               measured  1120 bytes in qemu_v8-4.0.0
context.ctr                F -      core/crypto/crypto.c:189                                     measured
context.xts                C 1584   core/lib/libtomcrypt/xts.c:121                               measured
context.xts                F -      core/crypto/crypto.c:189                                     measured
context.cts                C 32     core/crypto/aes-cts.c:237                                    measured
context.cts                F -      core/crypto/aes-cts.c:212                                    measured
context.sm4ecb             C 144    core/crypto/sm4-ecb.c:94                                     measured
context.sm4ecb             F -      core/crypto/sm4-ecb.c:70                                     measured
context.sm4cbc             C 160    core/crypto/sm4-cbc.c:99                                     measured
context.sm4cbc             F -      core/crypto/sm4-cbc.c:74                                     measured
context.sm4ctr             C 160    core/crypto/sm4-ctr.c:96                                     measured
context.sm4ctr             F -      core/crypto/sm4-ctr.c:71                                     measured
context.hmac               C 584    core/lib/libtomcrypt/hmac.c:93                               measured
context.hmac               F -      core/crypto/crypto.c:338                                     measured
context.sm3hmac            C 240    core/crypto/sm3-hmac.c:103                                   measured
context.sm3hmac            F -      core/crypto/sm3-hmac.c:79                                    measured
context.cbcmac             C 56     core/crypto/cbc-mac.c:204                                    measured
context.cbcmac             F -      core/crypto/cbc-mac.c:160                                    measured
context.cmac               C 1376   core/lib/libtomcrypt/cmac.c:98                               measured
context.cmac               F -      core/crypto/crypto.c:338                                     measured
context.gcm                C 608    core/crypto/aes-gcm.c:436                                    measured
context.gcm                F -      core/crypto/aes-gcm.c:449                                    measured
context.ccm                C 904    core/lib/libtomcrypt/ccm.c:30                                measured
context.ccm                F -      core/crypto/crypto.c:471                                     measured
key.operation              C 64     core/tee/tee_svc_cryp.c:2813                                 measured
key.operation              F -      core/tee/tee_svc_cryp.c:2624                                 measured
key.object                 C 96     core/tee/tee_obj.c:76                                        measured
key.object                 F -      core/tee/tee_obj.c:84                                        measured
key.secret                 C 8+n    core/tee/tee_svc_cryp.c:1578                                 measured
key.secret                 F -      core/tee/tee_obj.c:83                                        measured
key.rsa_public             C 16     core/tee/tee_svc_cryp.c:1578                                 measured
key.rsa_public             F -      core/tee/tee_obj.c:83                                        measured
key.rsa_pair               C 64     core/tee/tee_svc_cryp.c:1578                                 measured
key.rsa_pair               F -      core/tee/tee_obj.c:83                                        measured
key.dsa_public             C 32     core/tee/tee_svc_cryp.c:1578                                 measured
key.dsa_public             F -      core/tee/tee_obj.c:83                                        measured
key.dsa_pair               C 40     core/tee/tee_svc_cryp.c:1578                                 measured
key.dsa_pair               F -      core/tee/tee_obj.c:83                                        measured
key.dh_pair                C 48     core/tee/tee_svc_cryp.c:1578                                 inferred  its size is that of qemu_v8-4.0.0
key.dh_pair                F -      core/tee/tee_obj.c:83                                        measured
key.ecc_public             C 32     core/tee/tee_svc_cryp.c:1578                                 measured
key.ecc_public             F -      core/tee/tee_obj.c:83                                        measured
key.ecc_pair               C 40     core/tee/tee_svc_cryp.c:1578                                 measured
key.ecc_pair               F -      core/tee/tee_obj.c:83                                        measured
key.ed25519_public         C 16     core/tee/tee_svc_cryp.c:1578                                 measured
key.ed25519_public         F -      core/tee/tee_obj.c:83                                        measured
key.ed25519_pair           C 24     core/tee/tee_svc_cryp.c:1578                                 measured
key.ed25519_pair           F -      core/tee/tee_obj.c:83                                        measured
key.x25519_pair            C 16     core/tee/tee_svc_cryp.c:1578                                 measured
key.x25519_pair            F -      core/tee/tee_obj.c:83                                        measured
key.number                 M 16     core/lib/libtomcrypt/mpi_desc.c:751                          measured  32 bytes in qemu_v8-4.0.0
key.number                 F -      core/lib/libtomcrypt/mpi_desc.c:770                          measured
key.limbs                  C 8n     lib/libmbedtls/mbedtls/library/bignum.c:249                  measured
key.limbs                  F -      lib/libmbedtls/mbedtls/library/platform_util.c:145           measured
key.ed25519_first          C 32     core/lib/libtomcrypt/ed25519.c:27                            analogy   as qemu_v8-4.0.0
key.ed25519_first          F -      core/tee/tee_svc_cryp.c:0                                    analogy   as qemu_v8-4.0.0
key.ed25519_second         C 32     core/lib/libtomcrypt/ed25519.c:28                            analogy   as qemu_v8-4.0.0
key.ed25519_second         F -      core/tee/tee_svc_cryp.c:0                                    analogy   as qemu_v8-4.0.0
key.x25519_first           C 32     core/lib/libtomcrypt/x25519.c:32                             measured
key.x25519_first           F -      core/tee/tee_svc_cryp.c:1109                                 measured
key.x25519_second          C 32     core/lib/libtomcrypt/x25519.c:33                             measured
key.x25519_second          F -      core/tee/tee_svc_cryp.c:1109                                 measured
copy.populate              M 24n    core/tee/tee_svc_cryp.c:2020                                 measured
copy.populate              W -      core/tee/tee_svc_cryp.c:2039                                 measured
copy.generate              M 24n    core/tee/tee_svc_cryp.c:2412                                 analogy   as qemu_v8-4.0.0
copy.generate              W -      core/tee/tee_svc_cryp.c:2570                                 measured
copy.operate               M 24n    core/tee/tee_svc_cryp.c:4473                                 measured
copy.operate               W -      core/tee/tee_svc_cryp.c:4645                                 measured
copy.verify                M 24n    core/tee/tee_svc_cryp.c:4700                                 measured
copy.verify                W -      core/tee/tee_svc_cryp.c:4801                                 measured
copy.derive                M 24n    core/tee/tee_svc_cryp.c:3706                                 measured
copy.derive                W -      core/tee/tee_svc_cryp.c:4074                                 measured
work.hmac_key              M n      core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:45             measured
work.hmac_key              F -      core/lib/libtomcrypt/src/mac/hmac/hmac_init.c:90             measured
work.hmac_inner            M n      core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:40             measured
work.hmac_inner            F -      core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:91             measured
work.hmac_digest           M n      core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:41             measured
work.hmac_digest           F -      core/lib/libtomcrypt/src/mac/hmac/hmac_done.c:90             measured
work.cbcmac_blocks         M n      core/crypto/cbc-mac.c:86                                     analogy   as qemu_v8-4.0.0
work.cbcmac_blocks         F -      core/crypto/cbc-mac.c:123                                    analogy   as qemu_v8-4.0.0
work.power                 C 1040   lib/libmbedtls/mbedtls/library/bignum.c:249                  inferred  its size is that of qemu_v8-4.0.0
work.power                 F -      lib/libmbedtls/mbedtls/library/platform_util.c:145           measured
work.hash_memory           M 416    core/lib/libtomcrypt/src/hashes/helper/hash_memory.c:38      measured
work.hash_memory           F -      core/lib/libtomcrypt/src/hashes/helper/hash_memory.c:55      measured
work.mask_hash             M 416    core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:43           measured
work.mask_hash             F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:91           measured
work.mask_digest           M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:44           measured
work.mask_digest           F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_mgf1.c:90           measured
work.oaep_encode_block     M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:68    measured
work.oaep_encode_block     F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:166   measured
work.oaep_encode_mask      M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:69    measured
work.oaep_encode_mask      F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:165   measured
work.oaep_encode_seed      M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:70    measured
work.oaep_encode_seed      F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_encode.c:164   measured
work.oaep_decode_block     M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:66    measured
work.oaep_decode_block     F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:180   measured
work.oaep_decode_mask      M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:67    measured
work.oaep_decode_mask      F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:179   measured
work.oaep_decode_seed      M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:68    measured
work.oaep_decode_seed      F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_oaep_decode.c:178   measured
work.pss_encode_block      M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:58     measured
work.pss_encode_block      F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:159    measured
work.pss_encode_mask       M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:59     measured
work.pss_encode_mask       F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:158    measured
work.pss_encode_salt       M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:60     measured
work.pss_encode_salt       F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:157    measured
work.pss_encode_hash       M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:61     measured
work.pss_encode_hash       F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_encode.c:156    measured
work.pss_decode_block      M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:57     measured
work.pss_decode_block      F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:162    measured
work.pss_decode_mask       M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:58     measured
work.pss_decode_mask       F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:161    measured
work.pss_decode_salt       M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:59     measured
work.pss_decode_salt       F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:160    measured
work.pss_decode_hash       M n      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:60     measured
work.pss_decode_hash       F -      core/lib/libtomcrypt/src/pk/pkcs1/pkcs_1_pss_decode.c:159    measured
work.rsa_decrypt           M n      core/lib/libtomcrypt/src/pk/rsa/rsa_decrypt_key.c:70         measured
work.rsa_decrypt           F -      core/lib/libtomcrypt/src/pk/rsa/rsa_decrypt_key.c:91         measured
work.rsa_sign              M n      core/lib/libtomcrypt/src/pk/rsa/rsa_sign_hash.c:105          measured
work.rsa_sign              F -      core/lib/libtomcrypt/src/pk/rsa/rsa_sign_hash.c:124          measured
work.rsa_verify            M n      core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:72         measured
work.rsa_verify            F -      core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:206        measured
work.rsa_verify_digest     M n      core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:114        measured
work.rsa_verify_digest     F -      core/lib/libtomcrypt/src/pk/rsa/rsa_verify_hash.c:196        analogy   as qemu_v8-4.0.0
work.prime                 C n      core/lib/libtomcrypt/src/math/rand_prime.c:40                measured
work.prime                 F -      core/lib/libtomcrypt/src/math/rand_prime.c:73                measured
work.dsa_sign              M 64     core/lib/libtomcrypt/src/pk/dsa/dsa_sign_hash.c:48           measured
work.dsa_sign              F -      core/lib/libtomcrypt/src/pk/dsa/dsa_sign_hash.c:97           measured
work.random_number         C n      core/lib/libtomcrypt/src/math/rand_bn.c:25                   measured
work.random_number         F -      core/lib/libtomcrypt/src/math/rand_bn.c:43                   measured
work.times_point           C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.times_point           F -      core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mulmod_timing.c:140  analogy   as qemu_v8-4.0.0
work.times_result          C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.times_result          F -      core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mulmod_timing.c:138  analogy   as qemu_v8-4.0.0
work.sum_first             C 256    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:47         measured
work.sum_first             F -      core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:185        measured
work.sum_second            C 256    core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:51         measured
work.sum_second            F -      core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:186        measured
work.sum_point             C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.sum_point             F -      core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_mul2add.c:178        measured
work.ecdh_product          C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.ecdh_product          F -      core/lib/libtomcrypt/src/pk/ecc/ecc_shared_secret.c:62       measured
work.ecdsa_verify_first    C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.ecdsa_verify_first    F -      core/lib/libtomcrypt/src/pk/ecc/ecc_verify_hash.c:197        analogy   as qemu_v8-4.0.0
work.ecdsa_verify_second   C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.ecdsa_verify_second   F -      core/lib/libtomcrypt/src/pk/ecc/ecc_verify_hash.c:198        analogy   as qemu_v8-4.0.0
work.sm2_sign              C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.sm2_sign              F -      core/lib/libtomcrypt/sm2-dsa.c:131                           analogy   as qemu_v8-4.0.0
work.sm2_verify            C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.sm2_verify            F -      core/lib/libtomcrypt/sm2-dsa.c:245                           analogy   as qemu_v8-4.0.0
work.sm2_encrypt_first     C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.sm2_encrypt_first     F -      core/lib/libtomcrypt/sm2-pke.c:509                           analogy   as qemu_v8-4.0.0
work.sm2_encrypt_second    C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.sm2_encrypt_second    F -      core/lib/libtomcrypt/sm2-pke.c:511                           analogy   as qemu_v8-4.0.0
work.sm2_encrypt_data      C n      core/lib/libtomcrypt/sm2-pke.c:446                           analogy   as qemu_v8-4.0.0
work.sm2_encrypt_data      F -      core/lib/libtomcrypt/sm2-pke.c:508                           analogy   as qemu_v8-4.0.0
work.sm2_decrypt_first     C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.sm2_decrypt_first     F -      core/lib/libtomcrypt/sm2-pke.c:294                           analogy   as qemu_v8-4.0.0
work.sm2_decrypt_second    C 24     core/lib/libtomcrypt/src/pk/ecc/ltc_ecc_points.c:20          measured
work.sm2_decrypt_second    F -      core/lib/libtomcrypt/sm2-pke.c:296                           analogy   as qemu_v8-4.0.0
work.sm2_decrypt_data      C n      core/lib/libtomcrypt/sm2-pke.c:228                           analogy   as qemu_v8-4.0.0
work.sm2_decrypt_data      F -      core/lib/libtomcrypt/sm2-pke.c:292                           analogy   as qemu_v8-4.0.0
work.sm3                   C 240    core/crypto/sm3-hash.c:104                                   measured
work.sm3                   F -      core/crypto/sm3-hash.c:80                                    measured
`,
  "ta_sites.txt": `# What the library of a TA allocates on its heap, as the recording has it; else as qemu_v8-4.0.0.
word 8
ta.number_pool             C 24     lib/libutils/ext/mempool.c:122                               measured
ta.tls                     C 64     lib/libutee/tcb.c:190                                        measured
ta.tls                     F -      lib/libutee/tcb.c:205                                        measured
ta.initializers            M 80     lib/libutee/user_ta_entry.c:63                               measured
ta.initializers            F -      lib/libutee/user_ta_entry.c:133                              measured
ta.session                 M 32     lib/libutee/user_ta_entry.c:248                              measured
ta.session                 F -      lib/libutee/user_ta_entry.c:267                              measured
ta.operation               C 96     lib/libutee/tee_api_operations.c:313                         measured
ta.operation               F -      lib/libutee/tee_api_operations.c:435                         measured
ta.operation_buffer        M n      lib/libutee/tee_api_operations.c:342                         measured
ta.operation_buffer        F -      lib/libutee/tee_api_operations.c:434                         measured
`,
};
