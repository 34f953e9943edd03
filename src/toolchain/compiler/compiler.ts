// A compiler that makes WebAssembly: clang and wasm-ld, of this machine or of an npm package.
import type { ToolAnswer } from "../call/tool_call.ts";

/** A call of one of the compiler's programs. */
export interface CompilerCall {
  readonly program: "clang" | "clang++" | "wasm-ld";
  readonly args: readonly string[];
  readonly cwd: string;
  readonly input?: Uint8Array;
}

export interface Compiler {
  /** For messages and for the key of the cache: `clang 19.1.7`, `@yowasp/clang 22.0.0`. */
  readonly name: string;
  /** clang's major version. */
  readonly major: number;
  /** The folder of the headers that come with the compiler (stddef.h, stdint.h …), as the compiler sees it. */
  readonly headers: string;
  /** How many calls run at once. */
  readonly parallel: number;
  run(call: CompilerCall): Promise<ToolAnswer>;
  close(): Promise<void>;
}
