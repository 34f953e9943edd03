// A TA of one file, as a person writes it, for tests that build one.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The entry points of a TA that keeps nothing: the others are the source's own. */
export const LIFE = `TEE_Result TA_CreateEntryPoint(void) { return 0; }
void TA_DestroyEntryPoint(void) {}
void TA_CloseSessionEntryPoint(void *c) { (void)c; }
`;

/** Writes it into a folder; the folder. */
export function writeTa(folder: string, name: string, uuid: string, source: string): string {
  const [low = "", mid = "", high = "", clock = "", node = ""] = uuid.split("-");
  const bytes = `${clock}${node}`.match(/../g)?.map((byte) => `0x${byte}`);
  const files = {
    Makefile: `BINARY=${uuid}\ninclude $(TA_DEV_KIT_DIR)/mk/ta_dev_kit.mk\n`,
    "sub.mk": `srcs-y += ${name}.c\n`,
    "user_ta_header_defines.h": [
      `#define TA_UUID { 0x${low}, 0x${mid}, 0x${high}, { ${bytes?.join(", ")} } }`,
      "#define TA_FLAGS 0",
      "#define TA_STACK_SIZE 4096",
      "#define TA_DATA_SIZE 32768",
      "",
    ].join("\n"),
    [`${name}.c`]: `#include <tee_internal_api.h>\n${source}`,
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}
