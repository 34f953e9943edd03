// Tests of the system calls as imports of a TA, over plain memory.
import { describe, expect, it } from "vitest";
import { C_UUID, insideTa, plainMemory, READ_ONLY, SHARED } from "../../../test/c_memory.ts";
import { TEE } from "../../abi/errors.ts";
import { decodeUuid, encodeUuid } from "../../abi/uuid.ts";
import { liveBlocks } from "../../malloc/foreach.ts";
import { memrefInOut, params, typeOf } from "../../tee/kernel/params.ts";
import { ALG, ATTR, MODE, TYPE } from "../../tee/svc/crypto/ids.ts";
import type { TrustedApp } from "../../tee/utee/trusted_app.ts";
import { WAITS } from "./utee_calls.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

it("has every system call of OP-TEE 4.0.0 to 4.10.0, whose names are these", async () => {
  let names: string[] = [];
  await insideTa(({ calls }) => {
    names = Object.keys(calls).filter((name) => name.startsWith("_utee_"));
  });
  expect(names.sort()).toEqual(UTEE.split(" ").sort());
  for (const name of WAITS) expect(names).toContain(name);
});

const UTEE =
  "_utee_return _utee_log _utee_panic _utee_get_property _utee_get_property_name_to_index _utee_open_ta_session " +
  "_utee_close_ta_session _utee_invoke_ta_command _utee_check_access_rights _utee_get_cancellation_flag " +
  "_utee_unmask_cancellation _utee_mask_cancellation _utee_wait _utee_get_time _utee_set_ta_time _utee_cryp_state_alloc " +
  "_utee_cryp_state_copy _utee_cryp_state_free _utee_hash_init _utee_hash_update _utee_hash_final _utee_cipher_init " +
  "_utee_cipher_update _utee_cipher_final _utee_cryp_obj_get_info _utee_cryp_obj_restrict_usage _utee_cryp_obj_get_attr " +
  "_utee_cryp_obj_alloc _utee_cryp_obj_close _utee_cryp_obj_reset _utee_cryp_obj_populate _utee_cryp_obj_copy " +
  "_utee_cryp_obj_generate_key _utee_cryp_derive_key _utee_cryp_random_number_generate _utee_authenc_init " +
  "_utee_authenc_update_aad _utee_authenc_update_payload _utee_authenc_enc_final _utee_authenc_dec_final " +
  "_utee_asymm_operate _utee_asymm_verify _utee_storage_obj_open _utee_storage_obj_create _utee_storage_obj_del " +
  "_utee_storage_obj_rename _utee_storage_alloc_enum _utee_storage_free_enum _utee_storage_reset_enum " +
  "_utee_storage_start_enum _utee_storage_next_enum _utee_storage_obj_read _utee_storage_obj_write " +
  "_utee_storage_obj_trunc _utee_storage_obj_seek _utee_cache_operation _utee_gprof_send";

describe.each([8, 4] as const)("in a TA of %i-byte words", (word) => {
  it("enciphers in place: FIPS 197's AES block, through object, state and a 64-bit length", async () => {
    await insideTa(
      async ({ call, memory, put }) => {
        expect(await call("_utee_cryp_obj_alloc", TYPE.AES | 0, 128, 0x100)).toBe(TEE.SUCCESS);
        const key = memory.u32(0x100);
        put(0x200, bytes("000102030405060708090a0b0c0d0e0f"));
        memory.setU64(0x300, 0x200);
        memory.setU64(0x308, 16);
        memory.setU32(0x310, ATTR.SECRET_VALUE);
        expect(await call("_utee_cryp_obj_populate", key, 0x300, 1)).toBe(TEE.SUCCESS);
        expect(await call("_utee_cryp_state_alloc", ALG.AES_ECB_NOPAD, MODE.ENCRYPT, key, 0, 0x104)).toBe(TEE.SUCCESS);
        const state = memory.u32(0x104);
        expect(await call("_utee_cipher_init", state, 0, 0)).toBe(TEE.SUCCESS);
        put(SHARED, bytes("00112233445566778899aabbccddeeff"));
        memory.setU64(0x400, 15);
        expect(await call("_utee_cipher_update", state, SHARED, 16, SHARED, 0x400)).toBe(TEE.SHORT_BUFFER);
        expect(memory.u64(0x400)).toBe(16);
        expect(await call("_utee_cipher_update", state, SHARED, 16, SHARED, 0x400)).toBe(TEE.SUCCESS);
        expect(hex(memory.bytes(SHARED, 16))).toBe("69c4e0d86a7b0430d8cdb78070b4c55a");
        expect(await call("_utee_cipher_final", state, 0, 0, 0, 0)).toBe(TEE.SUCCESS);
        expect(await call("_utee_cryp_state_free", state)).toBe(TEE.SUCCESS);
        expect(await call("_utee_cryp_obj_get_info", key, 0x500)).toBe(TEE.BAD_PARAMETERS);
      },
      { memory: plainMemory(word) },
    );
  });

  it("refuses a length of more than its words hold", async () => {
    await insideTa(
      async ({ call, memory }) => {
        await call("_utee_cryp_state_alloc", ALG.SHA256, MODE.DIGEST, 0, 0, 0x100);
        await call("_utee_hash_init", memory.u32(0x100), 0, 0);
        memory.setU64(0x200, 2 ** 33);
        const code = word === 4 ? TEE.OVERFLOW : TEE.ACCESS_DENIED;
        expect(await call("_utee_hash_final", memory.u32(0x100), 0, 0, 0x300, 0x200)).toBe(code);
      },
      { memory: plainMemory(word) },
    );
  });
});

it("digests: FIPS 180-2's abc; the size that is needed comes back where the buffer is short", async () => {
  await insideTa(async ({ call, memory, put }) => {
    await call("_utee_cryp_state_alloc", ALG.SHA256, MODE.DIGEST, 0, 0, 0x100);
    const state = memory.u32(0x100);
    expect(await call("_utee_hash_update", state, 0, 1)).toBe(TEE.BAD_PARAMETERS);
    expect(await call("_utee_hash_init", state, 0, 0)).toBe(TEE.SUCCESS);
    put(0x200, "abc");
    expect(await call("_utee_hash_update", state, 0x200, 2)).toBe(TEE.SUCCESS);
    memory.setU64(0x300, 31);
    expect(await call("_utee_hash_final", state, 0x202, 1, 0x400, 0x300)).toBe(TEE.SHORT_BUFFER);
    expect(memory.u64(0x300)).toBe(32);
    expect(await call("_utee_hash_final", state, 0x202, 1, 0x400, 0x300)).toBe(TEE.SUCCESS);
    expect(hex(memory.bytes(0x400, 32))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});

it("gives an object's facts and attributes, and asks for room first", async () => {
  await insideTa(async ({ call, memory, put }) => {
    await call("_utee_cryp_obj_alloc", TYPE.GENERIC_SECRET, 128, 0x100);
    const object = memory.u32(0x100);
    put(0x200, "secret");
    memory.setU64(0x300, 0x200);
    memory.setU64(0x308, 6);
    memory.setU32(0x310, ATTR.SECRET_VALUE);
    await call("_utee_cryp_obj_populate", object, 0x300, 1);
    expect(await call("_utee_cryp_obj_get_info", object, 0x400)).toBe(TEE.SUCCESS);
    const words = Array.from({ length: 7 }, (_, n) => memory.u32(0x400 + 4 * n));
    expect(words).toEqual([TYPE.GENERIC_SECRET, 48, 128, 0xffffffff, 0, 0, 0x20000]);
    expect(await call("_utee_cryp_obj_get_attr", object, ATTR.SECRET_VALUE, 0, 0x500)).toBe(TEE.SHORT_BUFFER);
    expect(memory.u64(0x500)).toBe(6);
    expect(await call("_utee_cryp_obj_get_attr", object, ATTR.SECRET_VALUE, 0x600, 0x500)).toBe(TEE.SUCCESS);
    expect(memory.text(0x600, 6)).toBe("secret");
    await call("_utee_cryp_obj_restrict_usage", object, 0xfffffffe);
    expect(await call("_utee_cryp_obj_get_attr", object, ATTR.SECRET_VALUE, 0x600, 0x500)).toBe(TEE.BAD_PARAMETERS);
    expect(await call("_utee_cryp_obj_get_attr", object + 8, ATTR.SECRET_VALUE, 0x600, 0x500)).toBe(TEE.ITEM_NOT_FOUND);
  });
});

it("lets no handle into memory that others can change, and leaves nothing behind then", async () => {
  await insideTa(async ({ call, core }) => {
    const before = liveBlocks(core.heap).length;
    expect(await call("_utee_cryp_obj_alloc", TYPE.AES, 128, SHARED)).toBe(TEE.ACCESS_DENIED);
    expect(await call("_utee_cryp_state_alloc", ALG.SHA1, MODE.DIGEST, 0, 0, SHARED)).toBe(TEE.ACCESS_DENIED);
    expect(await call("_utee_storage_alloc_enum", SHARED)).toBe(TEE.ACCESS_DENIED);
    expect(await call("_utee_storage_alloc_enum", 0)).toBe(TEE.BAD_PARAMETERS);
    expect(liveBlocks(core.heap).length).toBe(before);
  });
});

it("tells the rights to memory as vm_check_access_rights does", async () => {
  await insideTa(async ({ call }) => {
    const rights = (flags: number, at: number, length: number): Promise<number> =>
      call("_utee_check_access_rights", flags, at, length);
    expect(await rights(1, 0x100, 16)).toBe(TEE.SUCCESS);
    expect(await rights(3, 0x100, 16)).toBe(TEE.SUCCESS);
    expect(await rights(1, SHARED - 8, 16)).toBe(TEE.ACCESS_DENIED);
    expect(await rights(5, SHARED - 8, 16)).toBe(TEE.SUCCESS);
    expect(await rights(7, READ_ONLY, 16)).toBe(TEE.ACCESS_DENIED);
    expect(await rights(5, READ_ONLY, 16)).toBe(TEE.SUCCESS);
    expect(await rights(5, 0, 16)).toBe(TEE.ACCESS_DENIED);
    expect(await rights(5, 0, 0)).toBe(TEE.SUCCESS);
    expect(await rights(5, 0xfff8, 16)).toBe(TEE.ACCESS_DENIED);
    expect(await rights(5, -8, 16)).toBe(TEE.ACCESS_DENIED);
    expect(await rights(0x30000005, 0x100, 4)).toBe(TEE.ACCESS_DENIED);
    expect(await rights(0x10000005, SHARED, 4)).toBe(TEE.SUCCESS);
  });
});

describe("persistent objects", () => {
  const META = 0x7;
  it("are written, enumerated, renamed, read and deleted; a position before the start is the start", async () => {
    await insideTa(async ({ call, memory, put }) => {
      put(0x100, "name");
      put(0x200, "content");
      const created = await call("_utee_storage_obj_create", 1, 0x100, 4, META, 0, 0x200, 7, 0x300);
      expect(created).toBe(TEE.SUCCESS);
      const object = memory.u32(0x300);
      expect(await call("_utee_storage_obj_seek", object, -100, 1)).toBe(TEE.SUCCESS);
      expect(await call("_utee_storage_obj_read", object, SHARED, 100, 0x400)).toBe(TEE.SUCCESS);
      expect(memory.u64(0x400)).toBe(7);
      expect(memory.text(SHARED, 7)).toBe("content");
      put(0x108, "other");
      expect(await call("_utee_storage_obj_rename", object, 0x108, 5)).toBe(TEE.SUCCESS);
      await call("_utee_storage_alloc_enum", 0x304);
      expect(await call("_utee_storage_start_enum", memory.u32(0x304), 1)).toBe(TEE.SUCCESS);
      expect(await call("_utee_storage_next_enum", memory.u32(0x304), 0x500, 0x600, 0x408)).toBe(TEE.SUCCESS);
      expect(memory.text(0x600, memory.u64(0x408))).toBe("other");
      expect(await call("_utee_storage_next_enum", memory.u32(0x304), SHARED, 0x600, 0x408)).toBe(TEE.ACCESS_DENIED);
      expect(await call("_utee_storage_obj_del", object)).toBe(TEE.SUCCESS);
      expect(await call("_utee_storage_obj_open", 1, 0x108, 5, META, 0x300)).toBe(TEE.ITEM_NOT_FOUND);
    });
  });

  it("have ids in memory of the TA's own, of 64 bytes at most", async () => {
    await insideTa(async ({ call, put }) => {
      put(SHARED, "name");
      const create = (at: number, length: number): Promise<number> =>
        call("_utee_storage_obj_create", 1, at, length, META, 0, 0, 0, 0x300);
      expect(await create(SHARED, 4)).toBe(TEE.ACCESS_DENIED);
      expect(await create(0x100, 65)).toBe(TEE.BAD_PARAMETERS);
      expect(await create(0x100, 64)).toBe(TEE.SUCCESS);
    });
  });

  it("are what a transient object becomes where no handle is asked for", async () => {
    const { core } = await insideTa(async ({ call, memory, put, core }) => {
      await call("_utee_cryp_obj_alloc", TYPE.GENERIC_SECRET, 128, 0x100);
      const object = memory.u32(0x100);
      put(0x200, "secret");
      memory.setU64(0x300, 0x200);
      memory.setU64(0x308, 6);
      memory.setU32(0x310, ATTR.SECRET_VALUE);
      await call("_utee_cryp_obj_populate", object, 0x300, 1);
      expect(await call("_utee_storage_obj_create", 7, 0x200, 6, META, object, 0, 0, 0)).toBe(TEE.ITEM_NOT_FOUND);
      await call("_utee_cryp_obj_get_info", object, 0x400);
      expect(memory.u32(0x418)).toBe(0x20000);
      expect(await call("_utee_storage_obj_create", 1, 0x200, 6, META, object, 0x200, 3, 0)).toBe(TEE.SUCCESS);
      await call("_utee_cryp_obj_get_info", object, 0x400);
      expect(memory.u32(0x418)).toBe(0x30000 | META);
      expect(memory.u32(0x410)).toBe(3);
      expect(await call("_utee_storage_obj_create", 1, 0x201, 5, META, 0, 0, 0, 0)).toBe(TEE.SUCCESS);
      expect(await call("_utee_cryp_obj_close", object)).toBe(TEE.SUCCESS);
      expect(await call("_utee_storage_obj_open", 1, 0x200, 6, META, 0x100)).toBe(TEE.SUCCESS);
      expect(await call("_utee_cryp_obj_get_attr", memory.u32(0x100), ATTR.SECRET_VALUE, 0x600, 0x300)).toBe(0);
      expect(memory.text(0x600, 6)).toBe("secret");
      expect(core.heap.size).toBeGreaterThan(0);
    });
    // All of it went with the TA.
    const again = await insideTa(() => {});
    expect(liveBlocks(core.heap).length).toBe(liveBlocks(again.core.heap).length);
  });
});

describe("other TAs", () => {
  const other: TrustedApp = {
    uuid: "00000000-0000-4000-8000-0000000000aa",
    name: "other",
    flags: { singleInstance: false, multiSession: false, keepAlive: false },
    layout: { textPages: 1, dataPages: 1, stackPages: 1, heapBase: 0x400000, heapLength: 4096 },
    invoke(tee, _session, command, given) {
      const [value, memref] = given;
      expect(tee.property("gpd.client.identity")).toBe(`f0000000:${C_UUID}`);
      if (value.type === "value") value.value = { a: value.value.a + 1, b: command };
      if (memref.type === "memref" && memref.buffer) {
        memref.buffer.reverse();
        memref.size = 3;
      }
      return 0;
    },
  };

  it("are opened, called with values and with memory that can be shared, and closed", async () => {
    await insideTa(
      async ({ call, memory, put }) => {
        put(0x100, encodeUuid(other.uuid));
        expect(await call("_utee_open_ta_session", 0x100, 0xffffffff, 0, 0x200, 0x204)).toBe(TEE.SUCCESS);
        expect(memory.u32(0x204)).toBe(4);
        const session = memory.u32(0x200);
        put(SHARED, "abcd");
        memory.setU64(0x300, 3 | (7 << 4));
        memory.setU64(0x308, 41);
        memory.setU64(0x318, SHARED);
        memory.setU64(0x320, 4);
        expect(await call("_utee_invoke_ta_command", session, 0xffffffff, 9, 0x300, 0x204)).toBe(TEE.SUCCESS);
        expect([memory.u64(0x308), memory.u64(0x310), memory.u64(0x320)]).toEqual([42, 9, 3]);
        expect(memory.text(SHARED, 4)).toBe("dcba");
        memory.setU64(0x318, 0x400);
        expect(await call("_utee_invoke_ta_command", session, 0xffffffff, 9, 0x300, 0x204)).toBe(TEE.BAD_PARAMETERS);
        expect(memory.u32(0x204)).toBe(3);
        memory.setU64(0x318, 0);
        expect(await call("_utee_invoke_ta_command", session, 0xffffffff, 9, 0x300, 0x204)).toBe(TEE.BAD_PARAMETERS);
        expect(await call("_utee_close_ta_session", session)).toBe(TEE.SUCCESS);
        expect(await call("_utee_close_ta_session", session)).toBe(TEE.ITEM_NOT_FOUND);
        expect(await call("_utee_invoke_ta_command", session, 0xffffffff, 9, 0, 0x204)).toBe(TEE.BAD_PARAMETERS);
      },
      { others: [other] },
    );
  });

  it("are not reached through the sessions of others", async () => {
    const memory = plainMemory();
    await insideTa(
      async ({ call, core, entry }) => {
        expect(core.sessions.has(entry.session.id)).toBe(true);
        expect(await call("_utee_invoke_ta_command", entry.session.id, 0, 0, 0, 0x204)).toBe(TEE.BAD_PARAMETERS);
        expect(await call("_utee_close_ta_session", entry.session.id)).toBe(TEE.ITEM_NOT_FOUND);
      },
      { memory },
    );
  });
});

it("shows the properties that a board of 4.0.0 has, in its order and with its values", async () => {
  await insideTa(async ({ call, memory, put }) => {
    const values: string[] = [];
    for (let index = 0; ; index++) {
      for (const at of [0x100, 0x104]) memory.setU32(at, 80);
      const code = await call("_utee_get_property", 0xfffffffd, index, 0x200, 0x100, 0x300, 0x104, 0x108);
      if (code === TEE.ITEM_NOT_FOUND) break;
      expect(code).toBe(TEE.SUCCESS);
      values.push(`${memory.text(0x200)}=${shown(memory.u32(0x108), memory.bytes(0x300, memory.u32(0x104)))}`);
    }
    expect(values.join("\n")).toBe(BOARD);
    put(0x400, "gpd.tee.deviceID\0");
    expect(await call("_utee_get_property_name_to_index", 0xfffffffd, 0x400, 17, 0x500)).toBe(TEE.SUCCESS);
    expect(memory.u32(0x500)).toBe(2);
    expect(await call("_utee_get_property_name_to_index", 0xffffffff, 0x400, 17, 0x500)).toBe(TEE.ITEM_NOT_FOUND);
    memory.setU32(0x104, 15);
    expect(await call("_utee_get_property", 0xfffffffd, 2, 0, 0, 0x300, 0x104, 0)).toBe(TEE.SHORT_BUFFER);
    expect(memory.u32(0x104)).toBe(16);
  });
});

function shown(type: number, value: Uint8Array): string {
  if (type === 4) return new TextDecoder().decode(value.slice(0, -1));
  if (type === 2) return decodeUuid(value);
  if (type === 5) return Buffer.from(value).toString("base64");
  return type === 0 ? String(value[0] === 1) : String(new DataView(value.slice().buffer).getUint32(0, true));
}

/** What xtest 1006 printed on a board of 4.0.0; the seed is that of this TA. */
const BOARD = `gpd.tee.apiversion=GPD-1.1-dev
gpd.tee.description=OPTEE
gpd.tee.deviceID=94e9ab89-4c43-56ea-8b35-45dc07226830
gpd.tee.systemTime.protectionLevel=1000
gpd.tee.TAPersistentTime.protectionLevel=100
gpd.tee.cryptography.ecc=true
gpd.tee.trustedStorage.antiRollback.protectionLevel=100
gpd.tee.trustedos.implementation.version=Unknown_4.0
gpd.tee.trustedos.implementation.binaryversion=0
gpd.tee.trustedos.manufacturer=LINARO
gpd.tee.firmware.implementation.version=FW_IMPL_UNDEF
gpd.tee.firmware.implementation.binaryversion=0
gpd.tee.firmware.manufacturer=FW_MAN_UNDEF
com.microsoft.ta.endorsementSeed=IAAAACZGeMYm9mEvKNjms6DMsP6lDIoLoa+Xd7rFRgXNkmKq`;

it("keeps the time that a TA sets for itself", async () => {
  await insideTa(async ({ call, memory }) => {
    expect(await call("_utee_get_time", 1, 0x100)).toBe(TEE.TIME_NOT_SET);
    memory.setU32(0x100, 1000);
    memory.setU32(0x104, 1000);
    expect(await call("_utee_set_ta_time", 0x100)).toBe(TEE.BAD_PARAMETERS);
    memory.setU32(0x104, 999);
    expect(await call("_utee_set_ta_time", 0x100)).toBe(TEE.SUCCESS);
    expect(await call("_utee_get_time", 1, 0x108)).toBe(TEE.SUCCESS);
    expect([memory.u32(0x108), memory.u32(0x10c)]).toEqual([1000, 999]);
    expect(await call("_utee_get_time", 3, 0x108)).toBe(TEE.BAD_PARAMETERS);
    expect(await call("_utee_get_time", 0, SHARED)).toBe(TEE.ACCESS_DENIED);
  });
});

it("writes what a TA has formatted on the secure console, line by line", async () => {
  const { lines } = await insideTa(async ({ call, put }) => {
    put(0x100, "D/TA:  f:1 one\nE/TA:  f:2 two\n");
    await call("_utee_log", 0x100, 30);
    await call("_utee_log", 0x100, 0);
  });
  expect(lines.filter((line) => line.includes("/TA:"))).toEqual(["D/TA:  f:1 one", "E/TA:  f:2 two"]);
});

it("ends a TA that panics, with its code", async () => {
  const { code, lines } = await insideTa(async ({ call }) => {
    await call("_utee_panic", -65530);
  });
  expect(code).toBe(TEE.TARGET_DEAD);
  expect(lines.join("\n")).toContain("TA panicked with code 0xffff0006");
});

it("counts, masks and refuses: atomic counters, cancellation, caches", async () => {
  await insideTa(async ({ call, memory, calls }) => {
    memory.setU32(0x100, 0xffffffff);
    expect(calls.atomic_inc32?.(0x100)).toBe(0);
    expect(calls.atomic_dec32?.(0x100)).toBe(0xffffffff);
    expect(await call("_utee_unmask_cancellation", 0x200)).toBe(TEE.SUCCESS);
    expect(memory.u32(0x200)).toBe(1);
    expect(await call("_utee_mask_cancellation", SHARED)).toBe(TEE.SUCCESS);
    expect(memory.u32(SHARED)).toBe(0);
    expect(await call("_utee_get_cancellation_flag", 0x200)).toBe(TEE.SUCCESS);
    expect(memory.u32(0x200)).toBe(0);
    expect(await call("_utee_cache_operation", SHARED, 16, 0)).toBe(TEE.NOT_SUPPORTED);
    expect(await call("_utee_gprof_send", 0x100, 16, 0x200)).toBe(TEE.NOT_SUPPORTED);
  });
});

it("takes a client's buffer for what it is: params of an entry are views in the TA's memory", async () => {
  const memory = plainMemory();
  const given = params(memrefInOut(memory.bytes(SHARED, 8)));
  expect(typeOf(given[0])).toBe(7);
  await insideTa(
    async ({ call, put }) => {
      put(SHARED, "name");
      expect(await call("_utee_storage_obj_open", 1, SHARED, 4, 1, 0x100)).toBe(TEE.ACCESS_DENIED);
    },
    { memory, params: given },
  );
});

it("maintains caches of what clients share alone, for TAs with the flag", async () => {
  await insideTa(
    async ({ call }) => {
      const operate = (at: number, operation: number): Promise<number> =>
        call("_utee_cache_operation", at, 16, operation);
      expect(await operate(SHARED, 0)).toBe(TEE.SUCCESS);
      expect(await operate(0x100, 0)).toBe(TEE.ACCESS_DENIED);
      expect(await operate(READ_ONLY, 1)).toBe(TEE.SUCCESS);
      expect(await operate(SHARED - 8, 2)).toBe(TEE.ACCESS_DENIED);
      expect(await operate(0xfff8, 2)).toBe(TEE.ACCESS_DENIED);
      expect(await operate(SHARED, 3)).toBe(TEE.NOT_SUPPORTED);
    },
    { cacheMaintenance: true },
  );
});
