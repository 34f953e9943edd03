// A line of what the plugin of QEMU writes (docs/qemu_plugin.md).
import { clip } from "../base/printable.ts";
import { err, ok, type Result } from "../base/result.ts";
import { HEAP_OPS, type HeapOp } from "../malloc/operation.ts";

/** An event as it stands in a line. */
export interface PluginEvent {
  readonly heap: string;
  readonly instance: number;
  readonly time: number;
  readonly letter: HeapOp;
  readonly pointer: number;
  readonly size: number;
  readonly arg: number;
  readonly result: number;
  readonly allocated: number;
  readonly func: string;
  readonly place: string;
}

const HEAP = /^(?:core|nexus|ldelf|ta-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;
const DECIMAL = /^\d{1,20}$/;
const HEXADECIMAL = /^[\da-f]{1,16}$/;
const COLUMNS = 11;

/** Reads an event; the error says what is wrong with it. */
export function parsePluginLine(line: string): Result<PluginEvent> {
  const fields = line.split("\t");
  const [heap = "", instance = "", time = "", op = "", pointer = "", size = "", arg = "", result = "", allocated = ""] =
    fields;
  if (fields.length !== COLUMNS) return err(`expected ${COLUMNS} columns, found ${fields.length}`);
  if (!HEAP.test(heap)) return err(`'${clip(heap)}' is no heap`);
  const letter = HEAP_OPS.find((one) => one === op);
  if (letter === undefined) return err(`'${clip(op)}' is no operation`);
  const numbers = [instance, time, size, arg, allocated];
  const bad = numbers.find((one) => !DECIMAL.test(one)) ?? [pointer, result].find((one) => !HEXADECIMAL.test(one));
  if (bad !== undefined) return err(`'${clip(bad)}' is no number`);
  return ok({
    heap,
    instance: Number(instance),
    time: Number(time),
    letter,
    pointer: Number.parseInt(pointer, 16),
    size: Number(size),
    arg: Number(arg),
    result: Number.parseInt(result, 16),
    allocated: Number(allocated),
    func: fields[9] ?? "",
    place: fields[10] ?? "",
  });
}

/** A TA is entered, or left. */
interface PluginTurn {
  readonly op: "enter" | "leave";
  readonly heap: string;
  readonly instance: number;
  readonly time: number;
  /** `open`, `invoke 3` … */
  readonly name: string;
  /** The code that it returned. */
  readonly result: number;
}

const TURN_NAME = /^(?:create|open|close|destroy|invoke \d{1,10})$/;

/** Reads a turn of a TA; null for a line that is none. */
export function parsePluginTurn(line: string): Result<PluginTurn> | null {
  const [what = "", heap = "", instance = "", time = "", name = "", code = ""] = line.split("\t");
  const op = what === "#enter" ? "enter" : what === "#leave" ? "leave" : null;
  if (op === null) return null;
  if (!HEAP.test(heap)) return err(`'${clip(heap)}' is no heap`);
  const bad = [instance, time].find((one) => !DECIMAL.test(one)) ?? (HEXADECIMAL.test(code) ? undefined : code);
  if (bad !== undefined) return err(`'${clip(bad)}' is no number`);
  if (!TURN_NAME.test(name)) return err(`'${clip(name)}' is no entry of a TA`);
  return ok({ op, heap, instance: Number(instance), time: Number(time), name, result: Number.parseInt(code, 16) });
}
