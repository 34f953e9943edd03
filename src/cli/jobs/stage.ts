// A workload and the embedded system that it runs on.
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { nodeHost } from "../../node/host.ts";
import type { Source } from "../../source/source.ts";
import type { TrustedApp } from "../../tee/utee/trusted_app.ts";
import type { SourceSetting } from "../systems/setting.ts";
import { openNamed } from "../systems/sources.ts";
import { parseWorkload, WORKLOADS, type Workload } from "./workload.ts";

/** A workload that has not begun, and the TA in question. */
export interface MeantWorkload extends Workload {
  readonly app: TrustedApp;
}

/** A source with a workload that has not begun. */
interface Stage {
  readonly source: Source;
  readonly app: TrustedApp;
  run(): Promise<Result<void>>;
}

/** Opens an embedded system with what the words after `--` need, and finds the TA that is meant. */
export async function setStage(
  ta: string | undefined,
  words: readonly string[],
  setting: SourceSetting,
): Promise<Result<Stage>> {
  const workload = readWorkload(ta, words);
  if (!workload.ok) return workload;
  const { apps, app, run } = workload.value;
  const source = await openNamed("sim", { ...setting, surroundings: { apps, host: nodeHost() } });
  if (!source.ok) return source;
  return ok({ source: source.value, app, run: () => runOn(source.value, run) });
}

/** Runs a workload as a client of a source. */
export async function runOn({ name, client }: Source, run: Workload["run"]): Promise<Result<void>> {
  return client === undefined ? err(`${name} takes no calls: leave out the workload`) : run(client);
}

/** Reads the words after `--`, and finds the TA that is meant; by default the workload's first. */
export function readWorkload(ta: string | undefined, words: readonly string[]): Result<MeantWorkload> {
  const workload = parseWorkload(words);
  if (!workload.ok) return workload;
  const app = findApp(workload.value.apps, ta, words);
  return app.ok ? ok({ ...workload.value, app: app.value }) : app;
}

/** The workloads for help texts, a line each. */
export function workloadHelp(): string {
  return Object.values(WORKLOADS)
    .map(({ usage }) => `  ${usage}`)
    .join("\n");
}

function findApp(apps: readonly TrustedApp[], ta: string | undefined, words: readonly string[]): Result<TrustedApp> {
  const wanted = ta?.toLowerCase();
  const app = apps.find(({ uuid, name }) => wanted === undefined || uuid === wanted || name.toLowerCase() === wanted);
  if (app !== undefined) return ok(app);
  const known = apps.map(({ name, uuid }) => `${name} (${uuid})`).join(", ");
  return err(`'${words[0]}' has no TA '${clip(ta ?? "")}'; it has ${known}`);
}
