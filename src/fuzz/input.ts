// What a fuzzer gives to a TA: a session with some calls, each with a command and four parameters.

/** A parameter of a call; types are those of the TEE Client API, 0 to 7. */
export type FuzzParam =
  | { readonly type: 0 }
  | { readonly type: 1 | 2 | 3; readonly a: number; readonly b: number }
  | { readonly type: 5 | 6 | 7; readonly bytes: Uint8Array };

export type FuzzParams = readonly [FuzzParam, FuzzParam, FuzzParam, FuzzParam];

/** Stands for a command: the session is opened with the parameters, in an instance that has just been loaded. */
export const OPEN = -1;

export interface FuzzCall {
  /** 0 to 2^32 - 1; or `OPEN`, which only the first call of an input may be. */
  readonly command: number;
  readonly params: FuzzParams;
}

/** Calls in one session. Where the first is not `OPEN`, the session is open: without parameters. */
export type FuzzInput = readonly FuzzCall[];

/** True for an input that opens its session itself. */
export function opens(input: FuzzInput): boolean {
  return input[0]?.command === OPEN;
}

/** Bytes of a buffer, at most. */
export const MOST_BYTES = 4096;

export const NOTHING: FuzzParam = { type: 0 };
export const NO_FUZZ_PARAMS: FuzzParams = [NOTHING, NOTHING, NOTHING, NOTHING];

/** The word with all four types. */
export function typesOf(params: FuzzParams): number {
  return params.reduce((word, { type }, n) => word | (type << (4 * n)), 0);
}

export function withParam(params: FuzzParams, at: number, param: FuzzParam): FuzzParams {
  const changed = [...params];
  changed[at] = param;
  return changed as unknown as FuzzParams;
}

/** A parameter of a type, with what another one has as far as both have it. 4 and above 7 are no types. */
export function retyped(param: FuzzParam, type: number): FuzzParam {
  if (type === 1 || type === 2 || type === 3) return "a" in param ? { ...param, type } : { type, a: 0, b: 0 };
  if (type === 5 || type === 6 || type === 7)
    return "bytes" in param ? { ...param, type } : { type, bytes: new Uint8Array(32) };
  return NOTHING;
}

/** Types that a command is known to ask for. */
export interface Signature {
  readonly command: number;
  readonly types: number;
}

/** True for a word of four types. */
export function isTypes(word: number): boolean {
  return [0, 4, 8, 12].every((shift) => (word >>> shift) % 16 < 8 && (word >>> shift) % 16 !== 4);
}

/** A call as a signature has it. */
export function callOf({ command, types }: Signature): FuzzCall {
  const params = [0, 1, 2, 3].map((n) => retyped(NOTHING, (types >>> (4 * n)) & 15));
  return { command, params: params as unknown as FuzzParams };
}

/** JSON of an input: buffers in hexadecimal digits, `"open"` for `OPEN`. */
export function inputToJson(input: FuzzInput): unknown {
  return input.map(({ command, params }) => ({
    command: command === OPEN ? "open" : command,
    params: params.map((param) => ("bytes" in param ? { type: param.type, bytes: toHex(param.bytes) } : param)),
  }));
}

/** The input of such JSON; null for any other. */
export function inputFromJson(value: unknown): FuzzInput | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const calls = value.map(readCall);
  if (calls.includes(null) || calls.some((call, n) => n > 0 && call?.command === OPEN)) return null;
  return calls as FuzzCall[];
}

function readCall(value: unknown): FuzzCall | null {
  const { command, params } = (value ?? {}) as { command?: unknown; params?: unknown };
  const number = command === "open" ? OPEN : isWord(command) ? command : null;
  if (number === null || !Array.isArray(params) || params.length > 4) return null;
  const read = params.map(paramOf);
  if (read.includes(null)) return null;
  while (read.length < 4) read.push(NOTHING);
  return { command: number, params: read as unknown as FuzzParams };
}

function paramOf(value: unknown): FuzzParam | null {
  const { type, a = 0, b = 0, bytes = "" } = (value ?? {}) as Record<string, unknown>;
  if (type === 0) return NOTHING;
  if ((type === 1 || type === 2 || type === 3) && isWord(a) && isWord(b)) return { type, a, b };
  if ((type !== 5 && type !== 6 && type !== 7) || typeof bytes !== "string" || !/^(?:[0-9a-f]{2})*$/i.test(bytes))
    return null;
  return bytes.length > 2 * MOST_BYTES ? null : { type, bytes: bytesOfDigits(bytes) };
}

function isWord(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function bytesOfDigits(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, n) => Number.parseInt(text.slice(2 * n, 2 * n + 2), 16));
}
