// Tests of codes.ts: the forms in which programs print a code, its origin and the function.
import { describe, expect, it } from "vitest";
import { outcomeOf } from "./codes.ts";

const OOM = 0xffff000c;

describe("a line of a client", () => {
  it.each([
    ["TEEC_InvokeCommand failed with code 0xffff000c origin 0x4", OOM, 4, "TEEC_InvokeCommand"],
    ["TEEC_Opensession failed with code 0xffff000c origin 0x3", OOM, 3, "TEEC_OpenSession"],
    ["x: TEEC_InvokeCommand(CMD): 0xffff000c (orig 4)", OOM, 4, "TEEC_InvokeCommand"],
    ["cmd 1: res 0xffff000c err_orig 0x4 a 1000", OOM, 4, undefined],
    ["invoke failed, res=0xFFFF000C, ret_orig=2", OOM, 2, undefined],
    ["TEEC_OpenSession: ret 0xffff000c, returnOrigin: 0x00000003", OOM, 3, "TEEC_OpenSession"],
    ["Command READ_RAW failed: 0xffff000c / 4", OOM, 4, undefined],
    ["ERR [7] LT:open_primary_context:306: TEEC open session failed ffff000c from 3", OOM, 3, undefined],
    ["Error: TEEC_ERROR_OUT_OF_MEMORY, TEEC_ORIGIN_TRUSTED_APP", OOM, 4, undefined],
    ["TEEC_AllocateSharedMemory failed: -65524", OOM, undefined, "TEEC_AllocateSharedMemory"],
    ["TEEC_RegisterSharedMemory failed: 4294901772", OOM, undefined, "TEEC_RegisterSharedMemory"],
    ["D/TC:? 0 tee_ta_invoke_command:796 Error: ffff000c of 4", OOM, 4, undefined],
    ["C_CreateObject failed: rv = CKR_DEVICE_MEMORY", undefined, undefined, "C_CreateObject"],
    [
      "xtest_teec_open_session(&s, &uuid) has an unexpected value: 0xffff000c = TEEC_ERROR_OUT_OF_MEMORY, expected 0x0 = TEEC_SUCCESS",
      OOM,
      undefined,
      "TEEC_OpenSession",
    ],
    ["TEE_RAM_VA_SIZE is too small", undefined, undefined, undefined],
    ["TEE_GenerateKey done, res = 0", 0, undefined, "TEE_GenerateKey"],
    ["the address is 0xffff000c1234", undefined, undefined, undefined],
  ])("%s", (text, code, origin, call) => {
    const outcome = outcomeOf(text);
    expect([outcome.code, outcome.origin, outcome.call]).toEqual([code, origin, call]);
  });
});
