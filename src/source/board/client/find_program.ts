// Looks at a program on the board: what a library for it must be made for, and whether one can be loaded into it.

import { clip } from "../../../base/printable.ts";
import { err, ok, type Result } from "../../../base/result.ts";
import { shellQuoted } from "../../../base/shell_word.ts";
import type { ProgramTarget } from "../../program.ts";
import type { Shell } from "../shell/shell.ts";
import { type ElfHead, readElfHead } from "./elf_head.ts";

const HEAD = 4096;
/** Where a program is a script, what it starts is made like these. */
const OTHERS = ["xtest", "tee-supplicant"];

/** What a library for the program must be made for. The error says why none can be loaded. */
export async function targetOnBoard(shell: Shell, program: string): Promise<Result<ProgramTarget>> {
  const name = clip(program);
  for (const one of [program, ...OTHERS]) {
    const seen = await look(shell, one);
    if (!seen.ok) return seen;
    if (seen.value === null) continue;
    const { elf, setuid } = seen.value;
    if (setuid)
      return err(
        `${name} runs with other rights than those of who calls it (setuid): no library can be loaded into it`,
      );
    if (elf.loader === "" && one === program)
      return err(`${name} is linked statically: no library can be loaded into it`);
    if (elf.loader !== "") return ok(elf);
  }
  return err(`${name} is no program of which teemem knows what it is made for`);
}

async function look(
  shell: Shell,
  program: string,
): Promise<Result<{ readonly elf: ElfHead; readonly setuid: boolean } | null>> {
  const answer = await shell.run(
    `f=$(command -v ${shellQuoted(program)}) && [ -f "$f" ] && { { [ -u "$f" ] && [ "$(id -u)" != 0 ] && echo s; } || echo -; head -c ${HEAD} "$f"; }`,
  );
  if (!answer.ok) return err(answer.error.text);
  const { code, out } = answer.value;
  const elf = code === 0 ? readElfHead(out.subarray(2)) : null;
  return ok(elf === null ? null : { elf, setuid: out[0] === 0x73 });
}
