// The client program of optee_example_secure_storage.
import { TEE } from "../../abi/errors.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { SECURE_STORAGE, SECURE_STORAGE_UUID } from "../../tee/apps/secure_storage.ts";
import type { Outcome } from "../../tee/kernel/outcome.ts";
import { memrefIn, memrefOut, params } from "../../tee/kernel/params.ts";
import { failed, inSession, type Print, type Program, type ProgramSession } from "./program.ts";

const OBJECT_BYTES = 7000;
const encoder = new TextEncoder();
const { READ_RAW, WRITE_RAW, DELETE } = SECURE_STORAGE;

/** optee_example_secure_storage: one object comes and goes, another one comes in one run and goes in the next. */
export const secureStorageProgram: Program = {
  name: "secure_storage",
  summary: "creates, reads and deletes persistent objects",
  usage: "",
  uuid: SECURE_STORAGE_UUID,
  commands: Object.keys(SECURE_STORAGE),
  prepare: inSession(SECURE_STORAGE_UUID, async (session, print) => {
    print("Prepare session with the TA\n");
    const first = await comeAndGo(session, print, "object#1");
    if (!first.ok) return first;
    const second = await comeOrGo(session, print, "object#2");
    if (second.ok) print("\nWe're done, close and release TEE resources\n");
    return second;
  }),
};

async function comeAndGo(session: ProgramSession, print: Print, name: string): Promise<Result<void>> {
  const id = encoder.encode(name);
  const data = new Uint8Array(OBJECT_BYTES).fill(0xa1);
  print(`\nTest on object "${name}"\n- Create and load object in the TA secure storage\n`);
  const written = await session.call(WRITE_RAW, params(memrefIn(id), memrefIn(data)), "Command WRITE_RAW failed:");
  if (!written.ok) return written;
  print("- Read back the object\n");
  const { outcome, bytes } = await read(session, id);
  if (outcome.code !== TEE.SUCCESS) return failed("Command READ_RAW failed:", outcome);
  if (!data.every((byte, i) => byte === bytes[i])) return err("Unexpected content found in secure storage");
  print("- Delete the object\n");
  return session.call(DELETE, params(memrefIn(id)), "Command DELETE failed:");
}

async function comeOrGo(session: ProgramSession, print: Print, name: string): Promise<Result<void>> {
  const id = encoder.encode(name);
  print(`\nTest on object "${name}"\n`);
  const { outcome } = await read(session, id);
  if (outcome.code === TEE.ITEM_NOT_FOUND) {
    // As in C, the string has its 0 at the end.
    const data = encoder.encode("This is data stored in the secure storage.\n\0");
    print("- Object not found in TA secure storage, create it.\n");
    return session.call(WRITE_RAW, params(memrefIn(id), memrefIn(data)), "Command WRITE_RAW failed:");
  }
  if (outcome.code !== TEE.SUCCESS) return failed("Unexpected status when reading an object :", outcome);
  print("- Object found in TA secure storage, delete it.\n");
  const deleted = await session.call(DELETE, params(memrefIn(id)), "Command DELETE failed:");
  return deleted.ok ? ok(undefined) : deleted;
}

async function read(session: ProgramSession, id: Uint8Array): Promise<{ outcome: Outcome; bytes: Uint8Array }> {
  const bytes = new Uint8Array(OBJECT_BYTES);
  return { outcome: await session.ask(READ_RAW, params(memrefIn(id), memrefOut(bytes))), bytes };
}
