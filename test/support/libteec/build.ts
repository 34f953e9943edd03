// Builds device/libteec and the client of these tests with the host's compiler, and runs the client.
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compilePart } from "../../../src/cli/device/compile.ts";
import { completeLibteec, LIBTEEC } from "../../../src/cli/device/libteec.ts";
import { sourcePath } from "../../../src/cli/device/part.ts";

const STRICT = "-Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla";
const CLIENT = fileURLToPath(new URL("client.c", import.meta.url));

/** What a client did. */
export interface ClientRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A library and a client of it, in a folder. */
export interface Lab {
  readonly folder: string;
  run(socket: string, ...steps: readonly string[]): Promise<ClientRun>;
  /** The same below another program, like valgrind. */
  runIn(program: readonly string[], socket: string, ...steps: readonly string[]): Promise<ClientRun>;
  remove(): void;
}

/** Compiles both. Throws what the compiler says where it says anything. */
export function buildLab(compiler = "gcc", ...flags: readonly string[]): Lab {
  const folder = mkdtempSync(join(tmpdir(), "teemem-libteec-"));
  const library = join(folder, "lib");
  mkdirSync(library);
  const built = compilePart(LIBTEEC, [compiler, STRICT, ...flags].join(" "), library);
  if (!built.ok) throw new Error(built.error);
  if (built.value.warnings !== "") throw new Error(built.value.warnings);
  completeLibteec({ file: built.value.file, folder: library });
  const client = join(folder, "client");
  const include = ["-I", sourcePath(LIBTEEC), "-L", library];
  execFileSync(compiler, ["-g", "-o", client, CLIENT, ...include, ...flags, "-lteec", "-lpthread"]);
  const runIn: Lab["runIn"] = (program, socket, ...steps) =>
    new Promise((resolve) => {
      const [file = "", ...args] = [...program, client, ...steps];
      const env = { ...process.env, LD_LIBRARY_PATH: library, TEEMEM_SOCKET: socket };
      execFile(file, args, { env }, (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }));
    });
  return {
    folder: library,
    run: (socket, ...steps) => runIn([], socket, ...steps),
    runIn,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
