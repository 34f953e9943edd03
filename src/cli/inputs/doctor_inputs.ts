// Reads the symptoms that `teemem doctor` is given.
import { errorCode } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import type { Symptoms } from "../../analyze/triage/case.ts";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { readConsoleFacts } from "../../xtest/console_facts.ts";
import { scan } from "../../xtest/scan.ts";
import type { Io } from "../outputs/outcome.ts";
import { inputName } from "./open_input.ts";
import { readInput } from "./read_input.ts";

/** The user's data about a failure. */
export interface DoctorOptions {
  readonly error?: string;
  readonly origin?: string;
  readonly call?: string;
  readonly tried?: readonly string[];
  readonly log?: string;
  readonly stats?: string;
  readonly missing?: string;
}

/** Reads all of it. */
export async function readSymptoms(options: DoctorOptions, io: Pick<Io, "input">): Promise<Result<Symptoms>> {
  const code = options.error === undefined ? ok(undefined) : parseCode(options.error);
  if (!code.ok) return code;
  const origin = options.origin === undefined ? ok(undefined) : parseOrigin(options.origin);
  if (!origin.ok) return origin;
  if (options.log === "-" && options.stats === "-") return err("standard input can be read only once");
  if (options.missing !== undefined && options.missing !== "leaks")
    return err(`--missing accepts only 'leaks', not '${clip(options.missing)}'`);
  if (options.missing !== undefined && options.log === undefined)
    return err("--missing leaks needs --log with the log of the secure console");
  const log = options.log === undefined ? ok(undefined) : await readInput(options.log, io.input);
  if (!log.ok) return log;
  const stats = options.stats === undefined ? ok(undefined) : await readInput(options.stats, io.input);
  if (!stats.ok) return stats;
  const facts = log.value === undefined ? ok(undefined) : readConsoleFacts(log.value);
  if (!facts.ok) return err(`${inputName(options.log ?? "")}: ${facts.error}`);
  return ok({
    ...(code.value === undefined ? {} : { code: code.value }),
    ...(origin.value === undefined ? {} : { origin: origin.value }),
    ...(options.call === undefined ? {} : { call: options.call }),
    ...(options.missing === undefined ? {} : { wantsLeaks: true }),
    tried: (options.tried ?? []).flatMap((word) => word.split(/[\s,]+/)).map((word) => word.split("=", 1)[0] ?? ""),
    ...(facts.value === undefined ? {} : { console: facts.value }),
    ...(stats.value === undefined ? {} : readStats(new TextDecoder("latin1").decode(stats.value))),
  });
}

/** The last report of each kind, and all calls that failed. */
function readStats(text: string): Pick<Symptoms, "pools" | "tas" | "refused"> {
  const found = scan(text);
  const pools = found.findLast(({ kind }) => kind === "alloc");
  const tas = found.findLast(({ kind }) => kind === "ta");
  return {
    ...(pools?.kind === "alloc" ? { pools: pools.value } : {}),
    ...(tas?.kind === "ta" ? { tas: tas.value } : {}),
    refused: found.flatMap((one) => (one.kind === "failure" ? [one.value] : [])),
  };
}

function parseCode(text: string): Result<number> {
  const named = errorCode(text.toUpperCase());
  if (named !== undefined) return ok(named);
  const number = /^-?\d+$|^0x[\da-f]{1,8}$/i.test(text)
    ? Number(text)
    : /^[\da-f]{8}$/i.test(text)
      ? Number(`0x${text}`)
      : Number.NaN;
  if (number >= -0x80000000 && number <= 0xffffffff) return ok(number >>> 0);
  return err(`--error: expected a code like 0xffff000c, -65524 or TEE_ERROR_OUT_OF_MEMORY, not '${clip(text)}'`);
}

function parseOrigin(text: string): Result<number> {
  const name = text.toUpperCase().replace(/^TEEC?_ORIGIN_/, "");
  const named = Object.entries(ORIGIN).find(([key]) => key === name)?.[1];
  const number = named ?? (/^(0x)?[1-4]$/.test(text) ? Number(text) : undefined);
  if (number !== undefined) return ok(number);
  return err(`--origin: expected 1 (API), 2 (COMMS), 3 (TEE) or 4 (TRUSTED_APP), not '${clip(text)}'`);
}
