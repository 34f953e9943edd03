import { printable, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { type LeaksForm, printFound } from "../outputs/leaks_text.ts";
import type { Io, Outcome } from "../outputs/outcome.ts";
import { findDaemon, type SystemOptions } from "../systems/system.ts";
import { parseWorkload } from "./workload.ts";

/**
 * `teemem leaks` without a workload: the live blocks of applications that run in a daemon, which prints them on its console
 * as well. Exit code 1 where there is no list: none runs, or the daemon's build has no leak headers.
 */
export async function leaksLive(
  options: SystemOptions & LeaksForm & { readonly ta?: string },
  io: Pick<Io, "out" | "err">,
): Promise<Outcome> {
  const { cfg, optee, profile, ta, on } = options;
  // These are questions to an embedded system: then a workload is missing, which says so.
  if ([cfg, optee, profile].some((option) => option !== undefined)) return parseWorkload([]) as Outcome;
  const daemon = await findDaemon(on, process.env, io.err);
  if (!daemon.ok) return daemon;
  if (daemon.value === null) {
    const missing = parseWorkload([]);
    const text = missing.ok ? "nothing to run" : missing.error;
    return err(`${text}; or start 'teemem boot --cfg CFG_TEE_TA_MALLOC_DEBUG=y', whose applications can be asked`);
  }
  await using connection = daemon.value.connection;
  const found = await connection.inspect.leaks(ta);
  if (!found.ok) {
    io.err.write(shown`teemem: ${printable(found.error)}${printable(missingSwitch(found.error))}\n`);
    return ok(1);
  }
  printFound(
    found.value.map((one) => ({ ...one, ended: false })),
    options,
    io.out,
  );
  return ok(0);
}

/** What to do where the daemon's build cannot list. */
function missingSwitch(error: string): string {
  const isSwitch = error.includes("CFG_TEE_TA_MALLOC_DEBUG");
  return isSwitch ? "; start it again with 'teemem boot --cfg CFG_TEE_TA_MALLOC_DEBUG=y'" : "";
}
