// A workload and the embedded system that it runs on.
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { nodeHost } from "../../node/host.ts";
import type { Source } from "../../source/source.ts";
import { BUNDLED } from "../../tee/apps/bundled.ts";
import type { TrustedApp } from "../../tee/utee/trusted_app.ts";
import { foldersAndName, type OwnTas, withOwnTas } from "../systems/own_tas.ts";
import type { SourceSetting } from "../systems/setting.ts";
import { openNamed } from "../systems/sources.ts";
import type { ProgramOutput } from "./record_program.ts";
import { runClientProgram } from "./run_client.ts";
import { parseWorkload, WORKLOADS, type Workload } from "./workload.ts";

/** A TA by both of its names. */
type NamedTa = Pick<TrustedApp, "uuid" | "name">;

/** A workload that has not begun, and the TAs in question. */
export interface MeantWorkload {
  readonly apps: OwnTas["apps"];
  readonly tas: readonly NamedTa[];
  run(source: Source): Promise<Result<void>>;
}

/** A source with a workload that has not begun. */
interface Stage {
  readonly source: Source;
  readonly tas: readonly NamedTa[];
  run(): Promise<Result<void>>;
}

/** Opens an embedded system with what the words after `--` need, and finds the TAs that are meant. */
export async function setStage(
  ta: readonly string[],
  words: readonly string[],
  setting: SourceSetting,
  stdout: ProgramOutput = 1,
): Promise<Result<Stage>> {
  const workload = readWorkload(ta, words, stdout);
  if (!workload.ok) return workload;
  const { apps, tas, run } = workload.value;
  const source = await openNamed("sim", { ...setting, surroundings: { apps, host: nodeHost() } });
  if (!source.ok) return source;
  return ok({ source: source.value, tas, run: () => run(source.value) });
}

/** Runs a workload as a client of a source. */
export async function runOn({ name, client }: Source, run: Workload["run"]): Promise<Result<void>> {
  return client === undefined ? err(`${name} takes no calls: leave out the workload`) : run(client);
}

/**
 * Reads the words after `--`, and finds the TAs that are meant: the named one; else all of the user's folders, or the workload's first.
 * With such folders, what is no workload is a client program. `ta`: the values of `--ta`.
 */
export function readWorkload(
  ta: readonly string[],
  words: readonly string[],
  stdout: ProgramOutput = 1,
): Result<MeantWorkload> {
  const { folders, name } = foldersAndName(ta);
  const isProgram = folders.length > 0 && !Object.hasOwn(WORKLOADS, words[0] ?? "") && words.length > 0;
  const workload = isProgram ? ok({ apps: BUNDLED, run: null }) : parseWorkload(words);
  if (!workload.ok) return workload;
  const { apps, run } = workload.value;
  const tas = withOwnTas(folders, apps, process.env, () => {});
  if (!tas.ok) return tas;
  const all = [...tas.value.own, ...apps];
  const byDefault = folders.length > 0 ? tas.value.own : apps.slice(0, 1);
  const meant = name === undefined ? ok(byDefault) : findApp(all, name, words);
  if (!meant.ok) return meant;
  const play = (source: Source): Promise<Result<void>> =>
    run === null ? runProgram(source, words, stdout) : runOn(source, run);
  return ok({ apps: tas.value.apps, tas: meant.value, run: play });
}

async function runProgram(source: Source, words: readonly string[], stdout: ProgramOutput): Promise<Result<void>> {
  const end = await runClientProgram(source, words, { stdout });
  if (!end.ok) return end;
  const [wrong] = end.value.wrong;
  return wrong === undefined ? ok(undefined) : err(wrong);
}

/** The workloads for help texts, a line each. */
export function workloadHelp(): string {
  return Object.values(WORKLOADS)
    .map(({ usage }) => `  ${usage}`)
    .join("\n");
}

/** What to say where the TAs in question never ran. */
export function neverEntered(tas: readonly Pick<NamedTa, "name">[]): string {
  const names = tas.map(({ name }) => name).join(", ");
  return tas.length === 1 ? `the TA ${names} was never entered` : `none of the TAs ${names} was ever entered`;
}

function findApp(apps: readonly NamedTa[], ta: string, words: readonly string[]): Result<readonly NamedTa[]> {
  const wanted = ta.toLowerCase();
  const app = apps.find(({ uuid, name }) => uuid === wanted || name.toLowerCase() === wanted);
  if (app !== undefined) return ok([app]);
  const known = apps.map(({ name, uuid }) => `${name} (${uuid})`).join(", ");
  return err(`'${words[0]}' has no TA '${clip(ta)}'; it has ${known}`);
}
