// The harness of test cases: sub cases, checks, counts.
import { errorText, TEE } from "../abi/errors.ts";
import type { Client } from "../tee/kernel/client.ts";
import type { CryptClient } from "./crypt_client.ts";

/** Thrown by a check that fails: it ends its sub case, and a case outside of sub cases. */
export class CheckFailed extends Error {}

/** What a case may use while it runs. Each check counts as one subtest; one that fails throws `CheckFailed`. */
export interface CaseContext {
  readonly client: Client;
  /** A session with the crypto test TA: opened at the first call, closed when the case ends. */
  crypt(): Promise<CryptClient>;
  /**
   * Runs a sub case: "Hash case 0 algo 0x50000001". A failed check ends it, and the case goes on with the next one. What
   * it leaves allocated in the TA goes with the case's session.
   */
  subCase(title: string, work: () => Promise<void>): Promise<void>;
  /** The code is the expected one, SUCCESS by default. `what` is the call: "digestUpdate". */
  code(what: string, got: number, expected?: number): void;
  /** The numbers are the same. */
  equal(what: string, got: number, expected: number): void;
  /** The bytes are the same. */
  bytes(what: string, got: Uint8Array, expected: Uint8Array): void;
  /** It is so. */
  holds(what: string, so: boolean): void;
}

/** A test case: what upstream calls `regression_4001`. */
export interface RegressionCase {
  /** Four digits. */
  readonly number: string;
  readonly title: string;
  /** True if it wants a file of data/vectors: `regression_NUMBER.json`. */
  readonly vectors: boolean;
  /** `vectors` is that file, parsed; undefined where the case wants none. */
  run(context: CaseContext, vectors: unknown): Promise<void>;
}

/** The checks of a context: `done` receives each, with an empty text if it holds, and the checked value. */
export function createChecks(
  done: (failure: string, what: string) => void,
): Pick<CaseContext, "code" | "equal" | "bytes" | "holds"> {
  const check = (holds: boolean, what: string, text: () => string): void => {
    const failure = holds ? "" : `${what} ${text()}`;
    done(failure, what);
    if (!holds) throw new CheckFailed(failure);
  };
  return {
    code: (what, got, expected = TEE.SUCCESS) =>
      check(got === expected, what, () => unexpected(codeText(got), codeText(expected))),
    equal: (what, got, expected) => check(got === expected, what, () => unexpected(String(got), String(expected))),
    bytes: (what, got, expected) => check(equal(got, expected), what, () => unexpected(hex(got), hex(expected))),
    holds: (what, so) => check(so, what, () => "is not so"),
  };
}

function unexpected(got: string, expected: string): string {
  return `has an unexpected value: ${got}, expected ${expected}`;
}

function codeText(code: number): string {
  return `0x${code.toString(16)} = ${errorText(code, "TEEC")}`;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, n) => byte === b[n]);
}

function hex(bytes: Uint8Array): string {
  return bytes.length === 0 ? "empty" : Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
