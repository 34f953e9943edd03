// The part `libteec`: the client library that takes a client program to the daemon of `teemem boot`.
import { existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ok, type Result } from "../../base/result.ts";
import type { LibraryPart } from "./compilers.ts";
import { type BuiltPart, sourcePath } from "./part.ts";

const OUTPUT = "libteec.so.2";
/** The other names of the file: programs of OP-TEE before 4.2 ask for the first, linkers for the second. */
const NAMES = ["libteec.so.1", "libteec.so"];

export const LIBTEEC: LibraryPart = {
  summary: "takes unmodified clients to 'teemem boot', in place of libteec",
  source: "libteec",
  build: {
    output: OUTPUT,
    flags: [
      "-std=gnu11",
      "-O2",
      "-g",
      "-fPIC",
      "-shared",
      "-fvisibility=hidden",
      `-Wl,-soname,${OUTPUT}`,
      "-Wall",
      "-Wextra",
    ],
    libraries: ["-lpthread"],
  },
  complete: async (built) => completeLibteec(built),
  explanation: [
    "A client program of OP-TEE that finds this library in place of OP-TEE's own talks to the daemon of 'teemem boot': the program is not compiled or linked anew. It takes the place of libteec.so.1 and of libteec.so.2.",
    "'teemem exec -- ./client' builds it where that is needed, starts a system for the client, and reports what the TAs did.",
    "By hand:",
    "  teemem device build libteec -o lib",
    "  teemem boot &",
    "  LD_LIBRARY_PATH=lib ./client",
    "A client of your own is compiled with OP-TEE's tee_client_api.h, or with the one beside the sources:",
    `  cc -I ${sourcePath({ source: "libteec" })} client.c -L lib -lteec`,
    "docs/client.md says what it does, and what differs from a board.",
  ],
};

/** Gives the library its other names. */
export function completeLibteec({ folder }: BuiltPart): Result<string[]> {
  for (const name of NAMES) {
    const path = join(folder, name);
    if (existsSync(path)) continue;
    // One that leads nowhere.
    rmSync(path, { force: true });
    symlinkSync(OUTPUT, path);
  }
  return ok([]);
}
