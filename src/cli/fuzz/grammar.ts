// Commands with their parameters in YAML: what a fuzzing session begins with.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import {
  bytesOfDigits,
  type FuzzInput,
  type FuzzParam,
  type FuzzParams,
  MOST_BYTES,
  NOTHING,
  OPEN,
} from "../../fuzz/input.ts";
import { readFailure } from "../inputs/read_failure.ts";

const KINDS: Readonly<Record<string, FuzzParam["type"]>> = {
  none: 0,
  "value-in": 1,
  "value-out": 2,
  "value-inout": 3,
  "memref-in": 5,
  "memref-out": 6,
  "memref-inout": 7,
};

/** A command of the file, as YAML has it. */
interface GrammarCommand {
  /** A number, or `open` for the parameters that open the session. */
  readonly id?: unknown;
  readonly params?: unknown;
}

/**
 * The inputs of a grammar: `commands` is a list; each has `id` and up to four `params`, each with `type` and, as the type wants,
 * `a` and `b`, or `text`, `hex` or `size`. `sequences` are lists of ids that are called in one session.
 */
export function readGrammar(path: string): Result<FuzzInput[]> {
  let value: { commands?: unknown; sequences?: unknown } | null;
  try {
    value = parse(readFileSync(path, "utf8")) as typeof value;
  } catch (error) {
    const words =
      error instanceof Error && "code" in error && !("pos" in error) ? readFailure(error) : firstLine(error);
    return err(`${printable(path)}: ${words}`);
  }
  if (!Array.isArray(value?.commands)) return err(`${printable(path)} has no list 'commands': docs/fuzz.md shows one`);
  const calls = new Map<number | string, FuzzInput[number]>();
  for (const [n, command] of (value.commands as GrammarCommand[]).entries()) {
    const params = readParams(command?.params ?? []);
    const id = command?.id;
    if ((typeof id !== "number" && id !== "open") || params === null)
      return err(
        `${printable(path)}: command ${n + 1} needs an id, a number or open, and at most four params, each with a type of ${Object.keys(KINDS).join(", ")}`,
      );
    calls.set(id, { command: id === "open" ? OPEN : id >>> 0, params });
  }
  const sequences = Array.isArray(value.sequences) ? (value.sequences as unknown[]) : [];
  const open = calls.get("open");
  const begin = open === undefined ? [] : [open];
  const inputs: FuzzInput[] = [...calls.values()].map((call) => (call === open ? [call] : [...begin, call]));
  for (const sequence of sequences) {
    const input = Array.isArray(sequence) ? sequence.map((id) => calls.get(id as number)) : [undefined];
    if (input.length === 0 || input.includes(undefined) || (open !== undefined && input.includes(open)))
      return err(`${printable(path)}: a sequence is a list of ids of its commands, without open`);
    inputs.push([...begin, ...(input as FuzzInput)]);
  }
  return ok(inputs);
}

function firstLine(error: unknown): string {
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
  return printable(line.slice(0, 160));
}

function readParams(value: unknown): FuzzParams | null {
  if (!Array.isArray(value) || value.length > 4) return null;
  const params = value.map(readParam);
  if (params.includes(null)) return null;
  while (params.length < 4) params.push(NOTHING);
  return params as unknown as FuzzParams;
}

function readParam(value: unknown): FuzzParam | null {
  const { type, a = 0, b = 0, text, hex, size = 0 } = (value ?? {}) as Record<string, unknown>;
  const number = Object.hasOwn(KINDS, String(type)) ? KINDS[String(type)] : undefined;
  if (number === undefined) return null;
  if (number === 0) return NOTHING;
  if (number < 4) return { type: number as 1 | 2 | 3, a: Number(a) >>> 0, b: Number(b) >>> 0 };
  const bytes =
    typeof text === "string"
      ? new TextEncoder().encode(text)
      : typeof hex === "string" && /^(?:[0-9a-f]{2})*$/i.test(hex)
        ? bytesOfDigits(hex)
        : new Uint8Array(Math.max(0, Math.min(MOST_BYTES, Number(size) || 0)));
  return bytes.length > MOST_BYTES ? null : { type: number as 5 | 6 | 7, bytes };
}
