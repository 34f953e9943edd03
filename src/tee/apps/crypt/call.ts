// The input of the command handlers of the crypto test TA.
import { TEE } from "../../../abi/errors.ts";
import { bufferOf, type Param, type Params } from "../../kernel/params.ts";
import type { Code } from "../../kernel/user_app.ts";
import type { Attribute } from "../../svc/crypto/attribute.ts";
import type { Written } from "../../svc/reply.ts";
import type { InternalApi } from "../../utee/internal_api.ts";
import { unpackAttributes } from "./attributes.ts";
import { addToTable, type HandleTable, handleOf } from "./handles.ts";

/** What an instance keeps: two tables. */
export interface Tables {
  readonly operations: HandleTable;
  readonly objects: HandleTable;
}

/** A command at work. Its parameters have the types of `PARAMETERS`. */
export interface CryptCall {
  readonly tee: InternalApi;
  readonly tables: Tables;
  readonly params: Params;
}

export type Handler = (call: CryptCall) => Code;

/** Thrown for a handle that nobody was given and for attributes in a wrong layout; the command returns BAD_PARAMETERS. */
export class BadArgument extends Error {}

type Memref = Extract<Param, { type: "memref" }>;

/** The values of a parameter. */
export function values({ params }: CryptCall, n: number): { readonly a: number; readonly b: number } {
  const param = params[n] as Param;
  return param.type === "value" ? param.value : { a: 0, b: 0 };
}

/** Sets a value that comes out. */
export function answer({ params }: CryptCall, n: number, a: number, b = 0): void {
  const param = params[n] as Param;
  if (param.type === "value") param.value = { a, b };
}

/** The bytes of a buffer, either direction. */
export function bytes({ params }: CryptCall, n: number): Uint8Array {
  const param = params[n] as Memref;
  return bufferOf(param).subarray(0, param.size);
}

/** Tells how much of a buffer was written, or is needed. */
export function wrote({ params }: CryptCall, n: number, { code, size }: Written): number {
  (params[n] as Memref).size = code === TEE.SUCCESS || code === TEE.SHORT_BUFFER ? size : 0;
  return code;
}

/** The library's handle of an operation or object. */
export function known({ tee, tables }: CryptCall, kind: keyof Tables, number: number): number {
  const handle = handleOf(tee, tables[kind], number);
  if (handle === null) throw new BadArgument();
  return handle;
}

/** The operation that the first parameter names: all commands with one have it there. */
export function operationHandle(call: CryptCall): number {
  return known(call, "operations", values(call, 0).a);
}

/** Enters a new handle, which goes out as a value; where the table has no room, `drop` frees what it stands for. */
export function giveHandle(call: CryptCall, kind: keyof Tables, n: number, handle: number, drop: () => void): number {
  const number = addToTable(call.tee, call.tables[kind], handle);
  if (number === 0) {
    drop();
    return TEE.OUT_OF_MEMORY;
  }
  answer(call, n, number);
  return TEE.SUCCESS;
}

/** Bytes of an attribute in C. */
const ATTRIBUTE = 24;

/** Works with the attributes of a parameter; a list of them is on the heap meanwhile. `freed` is where it is freed. */
export async function withAttributes(
  call: CryptCall,
  n: number,
  freed: string | undefined,
  work: (attributes: readonly Attribute[]) => Code,
): Promise<number> {
  const attributes = unpackAttributes(bytes(call, n));
  if (attributes === null) throw new BadArgument();
  if (attributes.length === 0) return work(attributes);
  const list = call.tee.malloc(ATTRIBUTE * attributes.length, 0, "ta/crypt/cryp_taf.c:441");
  if (list === 0) return TEE.OUT_OF_MEMORY;
  const code = await work(attributes);
  call.tee.free(list, freed);
  return code;
}
