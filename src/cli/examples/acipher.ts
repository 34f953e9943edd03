// The client program of optee_example_acipher.
import { TEE } from "../../abi/errors.ts";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { ACIPHER, ACIPHER_UUID } from "../../tee/apps/acipher.ts";
import type { Client } from "../../tee/kernel/client.ts";
import { memrefIn, memrefOut, params, valueIn } from "../../tee/kernel/params.ts";
import { failed, type Print, type Program, type ProgramSession, type RunExample, withSession } from "./program.ts";

/** optee_example_acipher: has a key pair made and a text encrypted with it. */
export const acipherProgram: Program = {
  name: "acipher",
  summary: "generates an RSA key pair and encrypts a text with it",
  usage: "<key_size> <string>",
  uuid: ACIPHER_UUID,
  commands: Object.keys(ACIPHER),
  prepare,
};

function prepare(args: readonly string[]): Result<RunExample> {
  const [size = "", text = ""] = args;
  if (args.length !== 2) return err(`${args.length} arguments; it takes 2`);
  if (!/^(\d+|0x[0-9a-f]+)$/i.test(size) || Number(size) > 0xffffffff) {
    return err(`'${clip(size)}' is no key size; expected a number of bits, like 512 or 2048`);
  }
  const input = new TextEncoder().encode(text);
  const run: RunExample = (client: Client, print) =>
    withSession(client, ACIPHER_UUID, (session) => encrypt(session, print, Number(size), input));
  return ok(run);
}

async function encrypt(
  session: ProgramSession,
  print: Print,
  keySize: number,
  input: Uint8Array,
): Promise<Result<void>> {
  const made = await session.call(
    ACIPHER.GEN_KEY,
    params(valueIn(keySize)),
    "TEEC_InvokeCommand(TA_ACIPHER_CMD_GEN_KEY):",
  );
  if (!made.ok) return made;
  const what = "TEEC_InvokeCommand(TA_ACIPHER_CMD_ENCRYPT):";
  // A first call without room asks how much is needed.
  const none = memrefOut(new Uint8Array(0));
  const asked = await session.ask(ACIPHER.ENCRYPT, params(memrefIn(input), none));
  if (asked.code !== TEE.SHORT_BUFFER) return failed(what, asked);
  const bytes = new Uint8Array(none.type === "memref" ? none.size : 0);
  const called = await session.call(ACIPHER.ENCRYPT, params(memrefIn(input), memrefOut(bytes)), what);
  if (!called.ok) return called;
  print(`Encrypted buffer: ${Array.from(bytes, (byte) => `${byte.toString(16).padStart(2, "0")} `).join("")}\n`);
  return called;
}
