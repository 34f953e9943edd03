// Which origins a failed allocation may have, as far as its code, its origin and its function tell.
import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { type CallKind, callKind } from "./calls.ts";
import { type Evidence, has, quote, type Sureness, type Symptoms } from "./case.ts";
import { NO_EVIDENCE } from "./rule.ts";

/** Where the failure of a function may come from, if its origin is not known. Without a function: from anywhere. */
const ORIGINS: Readonly<Record<CallKind, readonly number[]>> = {
  open: [ORIGIN.API, ORIGIN.COMMS, ORIGIN.TEE, ORIGIN.TRUSTED_APP],
  invoke: [ORIGIN.API, ORIGIN.COMMS, ORIGIN.TEE, ORIGIN.TRUSTED_APP],
  other: [ORIGIN.API, ORIGIN.COMMS, ORIGIN.TEE, ORIGIN.TRUSTED_APP],
  // Their API has no origin: they never reach the TEE.
  share: [ORIGIN.API],
  context: [ORIGIN.COMMS],
  driver: [ORIGIN.COMMS],
  between: [ORIGIN.TEE],
  object: [],
  storage: [],
  heap: [],
  numbers: [],
  pkcs11: [],
};

/** Lines that say by themselves what lacked memory, so that nothing is guessed from the code. */
const EXPLAINED = [
  "rpc-refused",
  "supplicant-killed",
  "mempool-full",
  "page-tables",
  "xlat-tables",
  "core-oom",
] as const;

/** The code is out of memory. */
export function isOutOfMemory({ code }: Symptoms): boolean {
  return code === TEE.OUT_OF_MEMORY;
}

/** What speaks for out of memory from this origin: the known origin, or that the function may fail with it. */
export function from(symptoms: Symptoms, origin: number): Evidence {
  if (!isOutOfMemory(symptoms) || has(symptoms, ...EXPLAINED)) return NO_EVIDENCE;
  if (symptoms.origin !== undefined) return symptoms.origin === origin ? [said(symptoms)] : NO_EVIDENCE;
  const kind = callKind(symptoms.call);
  return kind === undefined || ORIGINS[kind].includes(origin) ? [said(symptoms)] : NO_EVIDENCE;
}

/** How sure a cause is that follows from an origin: less where the origin is not known. */
export function ifKnown(sure: Sureness): (symptoms: Symptoms) => Sureness {
  return ({ origin, call }) => (origin !== undefined || originless(call) ? sure : "possible");
}

/** Whether a function gives a code without an origin. */
export function originless(call: string | undefined): boolean {
  const kind = callKind(call);
  return kind !== undefined && ORIGINS[kind].length < 2;
}

/** The code, its origin and the function as evidence: the line, where it was read from one. */
function said({ origin, call, from: line }: Symptoms): string {
  if (line !== undefined) return quote(line);
  if (origin === undefined) return `${call ?? "the call"} gave the code; its origin is not known`;
  return `the error came from origin ${origin}${call === undefined ? "" : ` in ${call}`}`;
}
