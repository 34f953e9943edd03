// A client program in C that makes the calls of an input: for a board, and for `teemem exec --memcheck`.
import { type FuzzInput, type FuzzParam, OPEN } from "./input.ts";

const NAMES: Readonly<Record<number, string>> = {
  0: "TEEC_NONE",
  1: "TEEC_VALUE_INPUT",
  2: "TEEC_VALUE_OUTPUT",
  3: "TEEC_VALUE_INOUT",
  5: "TEEC_MEMREF_TEMP_INPUT",
  6: "TEEC_MEMREF_TEMP_OUTPUT",
  7: "TEEC_MEMREF_TEMP_INOUT",
};

/** `words`: lines of a comment at its beginning. */
export function clientText(uuid: string, input: FuzzInput, words: readonly string[]): string {
  const [first, ...others] = input;
  const isOpen = first?.command === OPEN;
  const calls = (isOpen ? others : input).map((call) =>
    block(call.params, [
      `code = TEEC_InvokeCommand(&session, 0x${call.command.toString(16)}, &operation, &origin);`,
      `printf("command 0x${call.command.toString(16)}: 0x%08x\\n", code);`,
    ]),
  );
  const open = block(isOpen ? first.params : [], [
    "if (code == TEEC_SUCCESS)",
    "\tcode = TEEC_OpenSession(&context, &session, &uuid, TEEC_LOGIN_PUBLIC, NULL, &operation, &origin);",
  ]);
  return `${words.map((line) => `// ${line}`).join("\n")}
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <tee_client_api.h>

int main(void)
{
	TEEC_UUID uuid = ${uuidText(uuid)};
	TEEC_Context context;
	TEEC_Session session;
	TEEC_Operation operation;
	uint32_t origin = 0;
	TEEC_Result code = TEEC_InitializeContext(NULL, &context);

${open}
	if (code != TEEC_SUCCESS) {
		fprintf(stderr, "no session: 0x%08x\\n", code);
		return 1;
	}
${calls.join("\n")}

	TEEC_CloseSession(&session);
	TEEC_FinalizeContext(&context);
	return 0;
}
`;
}

/** Fills the operation, and does what such lines do with it. */
function block(params: readonly FuzzParam[], lines: readonly string[]): string {
  const types = [0, 1, 2, 3].map((n) => NAMES[params[n]?.type ?? 0]).join(", ");
  return [
    "\t{",
    "\tmemset(&operation, 0, sizeof(operation));",
    `\toperation.paramTypes = TEEC_PARAM_TYPES(${types});`,
    ...params.flatMap(paramLines),
    ...lines.map((line) => `\t${line}`),
    "\t}",
  ].join("\n");
}

function paramLines(param: FuzzParam, n: number): string[] {
  if ("a" in param)
    return [
      `\toperation.params[${n}].value.a = 0x${param.a.toString(16)};`,
      `\toperation.params[${n}].value.b = 0x${param.b.toString(16)};`,
    ];
  if (!("bytes" in param)) return [];
  const hex = Array.from(param.bytes, (byte) => `\\x${byte.toString(16).padStart(2, "0")}`);
  const rows = Array.from(
    { length: Math.ceil(hex.length / 16) },
    (_, row) => `"${hex.slice(16 * row, 16 * row + 16).join("")}"`,
  );
  return [
    `\tstatic uint8_t bytes_${n}[${param.bytes.length + 1}] =`,
    `\t\t${rows.length === 0 ? '""' : rows.join("\n\t\t")};`,
    `\toperation.params[${n}].tmpref.buffer = bytes_${n};`,
    `\toperation.params[${n}].tmpref.size = ${param.bytes.length};`,
  ];
}

function uuidText(uuid: string): string {
  const hex = uuid.replaceAll("-", "");
  const part = (from: number, length: number): string => `0x${hex.slice(from, from + length)}`;
  const node = Array.from({ length: 8 }, (_, n) => part(16 + 2 * n, 2)).join(", ");
  return `{ ${part(0, 8)}, ${part(8, 4)}, ${part(12, 4)}, { ${node} } }`;
}
