// How the programs of this package are called where they run now, so that the commands that they print can be pasted.
import { basename, delimiter, dirname, relative } from "node:path";
import type { CallWords } from "../../base/call_words.ts";
import { shellWord } from "../../base/shell_word.ts";
import { programWords } from "./package_path.ts";

/**
 * As TEEMEM_COMMAND says; by npx under npm where npx finds it, by name if its folder is searched for programs, and else by its file. `called` is
 * the path of the program that runs.
 */
export async function callWords(called: string, env: NodeJS.ProcessEnv, folder: string): Promise<CallWords> {
  if (env.TEEMEM_COMMAND) return { teemem: env.TEEMEM_COMMAND, xtest: "xtest" };
  // npm runs scripts of a package in the package's folder; commands are pasted where npm was called.
  const here = env.npm_command === undefined ? folder : (env.INIT_CWD ?? folder);
  const byNpx = env.npm_command === undefined ? undefined : (await import("./npx_words.ts")).npxWords(called, here);
  if (byNpx !== undefined) return byNpx;
  const named = (env.PATH ?? "").split(delimiter).includes(dirname(called));
  const wordsOf = (name: keyof CallWords): string => {
    const [file, ...more] = programWords(name);
    if (named && basename(called) === name) return name;
    if (named) return more.length === 0 ? name : ["teemem", ...more].join(" ");
    const near = relative(here, file);
    return ["node", shellWord(near.length < file.length ? near : file), ...more].join(" ");
  };
  return { teemem: wordsOf("teemem"), xtest: wordsOf("xtest") };
}
