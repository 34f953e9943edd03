// What the tools of a build know.
import type { Compiler } from "../compiler/compiler.ts";
import type { CompileSettings } from "./clang_arguments.ts";
import type { LinkSettings } from "./link_arguments.ts";

/** What is compiled in place of a source: another file, or the same one with more arguments. */
export type Replacement = { readonly file: string } | { readonly args: readonly string[] };

/** What only the linker knows of a module. */
export interface LinkedFacts {
  /** The name of a shared library. */
  readonly name?: string;
  /** Shared libraries that have become parts of it. */
  readonly libraries?: readonly string[];
}

export interface ToolContext {
  readonly compiler: Compiler;
  readonly compile: CompileSettings;
  readonly link: LinkSettings;
  /** Sources, by their last name, that are compiled in another way. */
  readonly replaced: ReadonlyMap<string, Replacement>;
  /** What the compiler refused so far. */
  readonly refused: Set<string>;
  /** Called for each module that was linked. */
  readonly linked: (file: string, cwd: string, facts?: LinkedFacts) => void;
}
