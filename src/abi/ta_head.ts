// The UUID of a TA in its program: the section .ta_head begins with it (upstream: lib/libutee/include/user_ta_header.h).
import { bytesOfSection, type ElfSection } from "../base/elf_section.ts";
import { decodeUuid, UUID_BYTES } from "./uuid.ts";

/** The UUID in lower case; undefined where the program is none of a TA. */
export function uuidOfProgram(sections: readonly ElfSection[]): string | undefined {
  const head = bytesOfSection(sections, ".ta_head");
  return head.length < UUID_BYTES ? undefined : decodeUuid(head.subarray(0, UUID_BYTES));
}
