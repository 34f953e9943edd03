// `xtest --stats` against a system.
import { own, type Printable } from "../../base/printable.ts";
import type { Result } from "../../base/result.ts";
import type { Release, StatsFlag } from "../../release/release.ts";
import type { Client } from "../../tee/kernel/client.ts";
import { type OutputKind, output, type XtestOutput } from "../../xtest/output.ts";
import { printAlloc, printFailure, printPager, printTa, printTime } from "../../xtest/print.ts";
import { printUsage } from "../../xtest/usage.ts";
import type { StatsFailure } from "../source.ts";
import { askAlloc, askDriverInfo, askMemleak, askPager, askTas, askTime } from "./stats_client.ts";

/** An option of `xtest --stats`: what it asks, and the kind of what it prints. */
interface StatsOption {
  readonly kind: OutputKind;
  ask(system: Asked): Promise<Result<Printable, StatsFailure>>;
}

/** The system that is asked: a client of it, and its release. */
export interface Asked {
  readonly client: Client;
  readonly release: Release;
}

const OPTIONS: Readonly<Record<StatsFlag, StatsOption>> = {
  "--pager": { kind: "pager", ask: ({ client }) => text(askPager(client), printPager) },
  "--alloc": {
    kind: "alloc",
    ask: ({ client }) => text(askAlloc(client), ({ pools, release }) => printAlloc(pools, release)),
  },
  "--memleak": { kind: "memleak", ask: ({ client }) => text(askMemleak(client), () => own("")) },
  "--ta": {
    kind: "ta",
    ask: ({ client, release }) => text(askTas(client, release), (tas) => printTa(tas, release)),
  },
  "--time": { kind: "time", ask: ({ client }) => text(askTime(client), printTime) },
  "--clocks": { kind: "clocks", ask: ({ client }) => text(askDriverInfo(client, "CLOCKS"), () => own("")) },
  "--regulators": { kind: "regulators", ask: ({ client }) => text(askDriverInfo(client, "REGULATORS"), () => own("")) },
};

/**
 * `xtest --stats ARGS…` against a system: what upstream's prints, where, and its exit code. Options are
 * answered in their order; the first failure, or an option that this release does not have, ends it.
 */
export async function xtestStats(system: Asked, args: readonly string[]): Promise<XtestOutput[]> {
  const { release } = system;
  const usage = output("usage", printUsage(release));
  if (args.length === 0) return [usage];
  const outputs: XtestOutput[] = [];
  for (const arg of args) {
    if (!isFlag(arg) || release.xtest.options[arg] === "unknown") return [...outputs, usage];
    const chosen = OPTIONS[arg];
    const answer = await chosen.ask(system);
    if (!answer.ok) return [...outputs, output("failure", printFailure(answer.error))];
    outputs.push(output(chosen.kind, answer.value));
  }
  return outputs;
}

function isFlag(arg: string): arg is StatsFlag {
  return Object.hasOwn(OPTIONS, arg);
}

async function text<T>(
  asked: Promise<Result<T, StatsFailure>>,
  print: (value: T) => Printable,
): Promise<Result<Printable, StatsFailure>> {
  const answer = await asked;
  return answer.ok ? { ok: true, value: print(answer.value) } : answer;
}
