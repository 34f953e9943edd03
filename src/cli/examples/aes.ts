// The client program of optee_example_aes.
import { ok, type Result } from "../../base/result.ts";
import { AES, AES_ALGO, AES_MODE, AES_UUID } from "../../tee/apps/aes.ts";
import { memrefIn, memrefOut, params, valueIn } from "../../tee/kernel/params.ts";
import { inSession, type Print, type Program, type ProgramSession } from "./program.ts";

const KEY_BYTES = 16;
const BUFFER_BYTES = 4096;

/** optee_example_aes: encrypts a buffer and decrypts it again. */
export const aesProgram: Program = {
  name: "aes",
  summary: "encrypts 4096 bytes with AES-CTR and decrypts them again",
  usage: "",
  uuid: AES_UUID,
  commands: Object.keys(AES),
  prepare: inSession(AES_UUID, async (session, print) => {
    const clear = new Uint8Array(BUFFER_BYTES).fill(0x5a);
    const [encoded, decoded] = [new Uint8Array(BUFFER_BYTES), new Uint8Array(BUFFER_BYTES)];
    print("Prepare session with the TA\n");
    const encode = await pass(session, print, "encode", clear, encoded);
    if (!encode.ok) return encode;
    const decode = await pass(session, print, "decode", encoded, decoded);
    if (!decode.ok) return decode;
    const same = clear.every((byte, i) => byte === decoded[i]);
    print(same ? "Clear text and decoded text match\n" : "Clear text and decoded text differ => ERROR\n");
    return ok(undefined);
  }),
};

async function pass(
  session: ProgramSession,
  print: Print,
  name: "encode" | "decode",
  from: Uint8Array,
  into: Uint8Array,
): Promise<Result<void>> {
  const mode = name === "encode" ? AES_MODE.ENCODE : AES_MODE.DECODE;
  const prepare = params(valueIn(AES_ALGO.CTR), valueIn(KEY_BYTES), valueIn(mode));
  const steps = [
    [`Prepare ${name} operation`, AES.PREPARE, prepare],
    ["Load key in TA", AES.SET_KEY, params(memrefIn(new Uint8Array(KEY_BYTES).fill(0xa5)))],
    [
      "Reset ciphering operation in TA (provides the initial vector)",
      AES.SET_IV,
      params(memrefIn(new Uint8Array(KEY_BYTES))),
    ],
    [`${name === "encode" ? "Encode" : "Decode"} buffer from TA`, AES.CIPHER, params(memrefIn(from), memrefOut(into))],
  ] as const;
  for (const [text, command, given] of steps) {
    print(`${text}\n`);
    const called = await session.call(command, given, `TEEC_InvokeCommand(${Object.keys(AES)[command]}) failed`);
    if (!called.ok) return called;
  }
  return ok(undefined);
}
