// Loads libteec, the client library of OP-TEE, by koffi. The calls do not block: each waits in a thread of koffi's.
import { err, ok, type Result } from "../../base/result.ts";
import type { Allocate } from "./memory.ts";

/** A libteec that is loaded. */
export interface Libteec {
  /** As it was found: `libteec.so.2`, or a path. */
  readonly name: string;
  /** Bytes of a pointer. */
  readonly word: 4 | 8;
  /** Calls one of its functions with pointers and numbers; gives the result code. */
  readonly call: (name: keyof typeof FUNCTIONS, ...args: unknown[]) => Promise<number>;
  readonly allocate: Allocate;
  /** Ends the process at once, also where a call does not return: process.exit would wait for it. */
  readonly leave: Leave;
}

/** Ends the process with an exit code. */
export type Leave = (code: number) => void;

/** Result and arguments of each function, as tee_client_api.h of both versions has them. */
const FUNCTIONS = {
  TEEC_InitializeContext: ["uint32_t", ["str", "void *"]],
  TEEC_FinalizeContext: ["void", ["void *"]],
  TEEC_OpenSession: ["uint32_t", ["void *", "void *", "void *", "uint32_t", "void *", "void *", "void *"]],
  TEEC_CloseSession: ["void", ["void *"]],
  TEEC_InvokeCommand: ["uint32_t", ["void *", "uint32_t", "void *", "void *"]],
  TEEC_RequestCancellation: ["void", ["void *"]],
} as const;

/** 4.0 to 4.1 install the first version, later ones the second. */
const NAMES = ["libteec.so.2", "libteec.so.1", "libteec.so"];

type Koffi = typeof import("koffi");

/** Loads libteec from a path, or as the system finds it. The error says what to install. */
export async function loadLibteec(path: string): Promise<Result<Libteec>> {
  let koffi: Koffi;
  try {
    koffi = await import("koffi");
  } catch {
    return err("local: needs the package koffi, which is not here: run 'npm install koffi' where teemem is installed");
  }
  let why = "";
  for (const name of path === "" ? NAMES : [path]) {
    try {
      return ok(bind(koffi, name, koffi.load(name)));
    } catch (error) {
      why ||= error instanceof Error ? error.message : String(error);
    }
  }
  if (path !== "") return err(`cannot use ${path} as libteec: ${why}`);
  return err(`there is no libteec here (${why}): install OP-TEE's client (Debian: libteec2, Yocto: optee-client)`);
}

function bind(koffi: Koffi, name: string, library: ReturnType<Koffi["load"]>): Libteec {
  const functions = Object.fromEntries(
    Object.entries(FUNCTIONS).map(([key, [result, args]]) => [key, library.func(key, result, [...args])]),
  );
  return {
    name,
    word: koffi.sizeof("void *") === 4 ? 4 : 8,
    call: (key, ...args) =>
      new Promise((resolve, reject) => {
        const done = (error: unknown, result: number): void => (error === null ? resolve(result) : reject(error));
        functions[key]?.async(...args, done);
      }),
    leave: (code) => void koffi.load(null).func("_exit", "void", ["int"])(code),
    allocate(size) {
      const pointer: unknown = koffi.alloc("uint8_t", size);
      const bytes = new Uint8Array(koffi.view(pointer, size)).fill(0);
      return { pointer, address: koffi.address(pointer), bytes, free: () => koffi.free(pointer) };
    },
  };
}
