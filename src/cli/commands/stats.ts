import { type Command, Option } from "commander";
import { TEE } from "../../abi/errors.ts";
import type { TaRecord } from "../../abi/record.ts";
import { joined, printable, printableJson, shown } from "../../base/printable.ts";
import { err, ok } from "../../base/result.ts";
import { askAlloc, askTas, type StatsFailure } from "../../source/stats_client.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { drawPools, drawTas } from "../../view/terminal/pool_table.ts";
import { printFailure } from "../../xtest/print.ts";
import type { Io, Outcome } from "../outputs/outcome.ts";
import { EMBEDDED_ONLY, findSystem, type SystemOptions } from "../systems/system.ts";
import { printEnded } from "./stats_ended.ts";

const EXAMPLES = `
The system is that of 'teemem boot', if one runs (TEEMEM_SOCKET or --on names
its socket). Else, and with --after, --cfg, --optee or --profile, it is the
embedded one: OP-TEE after its boot, or after a mark of the recorded run.

Examples:
  teemem stats                      after the boot
  teemem stats --after regression-1013
                                    after the boot and the recorded tests up to
                                    this one
  teemem stats --cfg CFG_CORE_BGET_BESTFIT=y --after pkcs11-1015
  teemem stats --on file:run.arrows --at 1.5
                                    a recording, or a heap trace or log, 1.5
                                    seconds after its reset
  teemem stats --json | jq '.pools[0]'
  teemem stats --ended              what is left of applications that came and
                                    went in the daemon
  teemem stats --ended -- leaky 5   the same of a workload, on the embedded
                                    system
`;

/** Options and examples of `teemem stats`. */
export function declare(command: Command): void {
  command
    .argument("[workload...]", "with --ended: what to run first, after --")
    .addOption(
      new Option("--on <source>", "a daemon of 'teemem boot' (unix:SOCKET), or a recording (file:PATH)").conflicts(
        EMBEDDED_ONLY,
      ),
    )
    .option("--at <moment>", "with --on file:PATH: seconds, or a mark; default its end")
    .option("--after <mark>", "play the recorded run up to the end of this mark")
    .option("--cfg <switches>", "build switches, like 'CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TA_STATS=n'")
    .option("--optee <version>", "release whose record layouts and pool names are used, like 4.5.0")
    .option("--profile <name>", "boot profile")
    .option("--ended", "instead: last statistics of the trusted applications that ended")
    .option("--json", "the records as JSON")
    .addHelpText("after", EXAMPLES);
}

/** Pools and trusted applications of a system, as a table with advice, or as JSON. */
export async function run(
  words: readonly string[],
  options: SystemOptions & { readonly json?: boolean; readonly ended?: boolean; readonly at?: string },
  io: Io,
): Promise<Outcome> {
  if (options.on?.startsWith("file:") && options.ended !== true) {
    // What reads recordings takes a moment to load.
    const { printRecorded } = await import("./stats_recorded.ts");
    return printRecorded(options.on, options, io);
  }
  if (options.at !== undefined) return err("--at is for a recording: add --on file:PATH");
  if (options.ended === true) return printEnded(words, options, io);
  if (words.length > 0) return err("a workload needs --ended, or see 'teemem help watch'");
  const paint = createPaint(io.out.colours);
  const found = await findSystem(options, () => {}, process.env, {}, io.err);
  if (!found.ok) return found;
  await using system = found.value;
  const { client } = system;
  const alloc = await askAlloc(client);
  if (!alloc.ok) return failed(alloc.error, system.lost, io);
  const answered = await askTas(client, alloc.value.release);
  // No TA loaded, and no CFG_TA_STATS, are answers here, not failures.
  const silent = !answered.ok && answered.error.code !== TEE.ITEM_NOT_FOUND;
  const tas: readonly TaRecord[] = answered.ok ? answered.value : [];
  const { pools } = alloc.value;
  if (options.json === true) {
    const plain = { release: system.version, pools, tas };
    io.out.write(shown`${printableJson(plain, 2)}\n`);
    return ok(0);
  }
  io.out.write(shown`${paint.bold(printable(`OP-TEE ${system.version}, ${system.profile}`))}\n\n`);
  io.out.write(shown`${joined(drawPools(pools, paint), "\n")}\n\n`);
  const told = silent
    ? "Trusted applications: not answered; CFG_TA_STATS=y is missing in the core's build."
    : joined(drawTas(tas, paint), "\n");
  io.out.write(shown`${told}\n`);
  return ok(0);
}

/** A system that does not answer is a finding, not wrong usage. */
function failed(failure: StatsFailure, lost: string, io: Io): Outcome {
  const what = printFailure(failure)
    .trim()
    .replace(/^xtest: /, "");
  io.err.write(shown`teemem: ${printable(what)}${printable(lost === "" ? reason(failure) : `: ${lost}`)}\n`);
  return ok(1);
}

function reason({ call, code }: StatsFailure): string {
  if (code === TEE.OUT_OF_MEMORY)
    return ": the core heap had no room for the question; set a larger CFG_CORE_HEAP_SIZE";
  if (call === "TEEC_OpenSession") return ": the system has no statistics; build it with CFG_WITH_STATS=y";
  return "";
}
