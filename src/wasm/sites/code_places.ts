// From an instruction of a module to the functions and lines of its source, by the debug information in the module.
import type { CallFrame } from "../../base/call_stack.ts";
import { readFunctions } from "../../debug_info/functions.ts";
import { readLines } from "../../debug_info/lines.ts";
import { readModuleSections, SECTION } from "../format/sections.ts";
import { readFunctionNames } from "./function_names.ts";
import { readFunctionNumbers } from "./function_numbers.ts";

/** A function, and where its source begins. */
export interface CodeFrame extends CallFrame {
  /** The line of its name; 0 where nobody knows. */
  readonly begins: number;
}

/**
 * The source of the instruction at an offset in the file: the function that it is in and those that the compiler put into
 * that one, innermost first.
 */
export type CodePlaces = (offset: number) => CodeFrame[];

/**
 * Reads the debug information of a module; that takes a tenth of a second for a large one. Without any, a function has the
 * name that the module gives it, or its number, and no place.
 */
export function readCodePlaces(bytes: Uint8Array, word: 4 | 8): CodePlaces {
  const found = readModuleSections(bytes);
  const all = found.ok ? found.value : [];
  const sections = all.map(({ name, from, to }) => ({ name, bytes: bytes.subarray(from, to) }));
  const program = { word, sections };
  const [lineOf, functionsAt] = [readLines(program), readFunctions(program)];
  const names = readFunctionNames(bytes, all);
  // Addresses in debug information count from the contents of the code section.
  const code = all.find(({ id }) => id === SECTION.code)?.from ?? 0;
  const numberAt = readFunctionNumbers(bytes, all);
  return (offset) => {
    const address = offset - code;
    const functions = functionsAt(address);
    const number = numberAt(offset);
    const own = names.get(number) ?? functions.at(-1)?.name ?? `function ${number}`;
    if (functions.length === 0) return [{ func: own, place: lineOf(address), begins: 0 }];
    return functions.map(({ name, line }, n) => ({
      func: n === functions.length - 1 ? own : name,
      // A function that was put in place of a call has its caller behind it.
      place: n === 0 ? lineOf(address) : (functions[n - 1]?.call ?? ""),
      begins: line,
    }));
  };
}
