import type { Layout } from "../abi/layout.ts";
import type { Result } from "../base/result.ts";
import type { Client } from "../tee/client.ts";
import { type Output, type OutputKind, output } from "../xtest/output.ts";
import { printAlloc, printFailure, printPager, printTa, printTime } from "../xtest/print.ts";
import { printUsage } from "../xtest/usage.ts";
import { askAlloc, askDriverInfo, askMemleak, askPager, askTas, askTime, type StatsFailure } from "./stats_client.ts";

/** An option of `xtest --stats`: what it asks, and the kind of what it prints. */
interface StatsOption {
  readonly kind: OutputKind;
  /** First release that has it. */
  readonly since: Layout;
  ask(system: Asked): Promise<Result<string, StatsFailure>>;
}

/** The system that is asked: a client of it, and the layout of its replies. */
export interface Asked {
  readonly client: Client;
  readonly layout: Layout;
}

const OPTIONS: Readonly<Record<string, StatsOption>> = {
  "--pager": option("pager", "4.0", ({ client }) => text(askPager(client), printPager)),
  "--alloc": option("alloc", "4.0", ({ client }) =>
    text(askAlloc(client), ({ pools, layout }) => printAlloc(pools, layout)),
  ),
  "--memleak": option("memleak", "4.0", ({ client }) => text(askMemleak(client), () => "")),
  "--ta": option("ta", "4.0", ({ client, layout }) => text(askTas(client, layout), (tas) => printTa(tas, layout))),
  "--time": option("time", "4.0", ({ client }) => text(askTime(client), printTime)),
  "--clocks": option("clocks", "4.1", ({ client }) => text(askDriverInfo(client, "CLOCKS"), () => "")),
  "--regulators": option("regulators", "4.1", ({ client }) => text(askDriverInfo(client, "REGULATORS"), () => "")),
};

/**
 * `xtest --stats ARGS…` against a system: what upstream's prints, where, and its exit code. Options are
 * answered in their order; the first failure, or an option that this release does not have, ends it.
 */
export async function xtestStats(system: Asked, args: readonly string[]): Promise<Output[]> {
  const { layout } = system;
  const usage = output("usage", printUsage(layout));
  if (args.length === 0) return [usage];
  const outputs: Output[] = [];
  for (const arg of args) {
    const chosen = Object.hasOwn(OPTIONS, arg) ? OPTIONS[arg] : undefined;
    if (chosen === undefined || (chosen.since === "4.1" && layout === "4.0")) return [...outputs, usage];
    const answer = await chosen.ask(system);
    if (!answer.ok) return [...outputs, output("failure", printFailure(answer.error))];
    outputs.push(output(chosen.kind, answer.value));
  }
  return outputs;
}

function option(kind: OutputKind, since: Layout, ask: StatsOption["ask"]): StatsOption {
  return { kind, since, ask };
}

async function text<T>(
  asked: Promise<Result<T, StatsFailure>>,
  print: (value: T) => string,
): Promise<Result<string, StatsFailure>> {
  const answer = await asked;
  return answer.ok ? { ok: true, value: print(answer.value) } : answer;
}
