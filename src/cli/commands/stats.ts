import type { Command } from "commander";
import { TEE } from "../../abi/errors.ts";
import type { TaRecord } from "../../abi/record.ts";
import { ok } from "../../base/result.ts";
import { askAlloc, askTas, type StatsFailure } from "../../source/stats_client.ts";
import { createClient } from "../../tee/client.ts";
import { createPaint } from "../../view/terminal/paint.ts";
import { drawPools, drawTas } from "../../view/terminal/pool_table.ts";
import { printFailure } from "../../xtest/print.ts";
import { type EmbeddedOptions, startEmbedded } from "../embedded.ts";
import type { Io, Outcome } from "../outcome.ts";

const EXAMPLES = `
The system is the embedded one: OP-TEE as it was after the boot of the profile, or after a mark of the recorded run.

Examples:
  teemem stats                              after the boot
  teemem stats --after regression-1013      after the boot and the recorded tests up to this one
  teemem stats --cfg CFG_CORE_BGET_BESTFIT=y --after pkcs11-1015
  teemem stats --json | jq '.pools[0]'
`;

/** Options and examples of `teemem stats`. */
export function declare(command: Command): void {
  command
    .option("--after <mark>", "play the recorded run up to the end of this mark")
    .option("--cfg <switches>", "build switches, like 'CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TA_STATS=n'")
    .option("--optee <version>", "release whose record layouts and pool names are used, like 4.5.0")
    .option("--profile <name>", "boot profile")
    .option("--json", "the records as JSON")
    .addHelpText("after", EXAMPLES);
}

/** Pools and trusted applications of a system, as a table with advice, or as JSON. */
export async function run(
  _args: readonly string[],
  options: EmbeddedOptions & { readonly json?: boolean },
  io: Io,
): Promise<Outcome> {
  const print = (text: string): void => io.out.write(text);
  const paint = createPaint(io.out.colours);
  const core = await startEmbedded(options, () => {});
  if (!core.ok) return core;
  const client = createClient(core.value);
  const alloc = await askAlloc(client);
  if (!alloc.ok) return failed(alloc.error, io);
  const answered = await askTas(client, alloc.value.layout);
  // No TA loaded, and no CFG_TA_STATS, are answers here, not failures.
  const silent = !answered.ok && answered.error.code !== TEE.ITEM_NOT_FOUND;
  const tas: readonly TaRecord[] = answered.ok ? answered.value : [];
  const { pools } = alloc.value;
  if (options.json === true) {
    const plain = { release: core.value.release.version, pools, tas };
    print(
      `${JSON.stringify(plain, (_key, value: unknown) => (typeof value === "bigint" ? Number(value) : value), 2)}\n`,
    );
    return ok(0);
  }
  print(`${paint.bold(`OP-TEE ${core.value.release.version}, ${core.value.profile.name}`)}\n\n`);
  print(`${drawPools(pools, paint).join("\n")}\n\n`);
  print(
    `${silent ? "Trusted applications: not answered; CFG_TA_STATS=y is missing in the core's build." : drawTas(tas, paint).join("\n")}\n`,
  );
  return ok(0);
}

/** A system that does not answer is a finding, not wrong usage. */
function failed(failure: StatsFailure, io: Io): Outcome {
  const what = printFailure(failure)
    .trim()
    .replace(/^xtest: /, "");
  const why =
    failure.call === "TEEC_OpenSession" ? ": the system has no statistics; build it with CFG_WITH_STATS=y" : "";
  io.err.write(`teemem: ${what}${why}\n`);
  return ok(1);
}
