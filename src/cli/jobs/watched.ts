import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { nodeCrypto } from "../../node/crypto.ts";
import { boot } from "../../tee/boot.ts";
import { type Client, createClient } from "../../tee/client.ts";
import type { ConsoleSink } from "../../tee/console.ts";
import type { Core } from "../../tee/core.ts";
import type { TrustedApp } from "../../tee/ta/trusted_app.ts";
import { choose, type EmbeddedOptions } from "../systems/embedded.ts";
import { parseWorkload, WORKLOADS } from "./workload.ts";

/** A system with a workload that has not begun. */
export interface Stage {
  readonly core: Core;
  /** UUID of the application in question. */
  readonly uuid: string;
  readonly name: string;
  run(): Promise<Result<void>>;
}

/** Boots an embedded system with what the words after `--` need, and finds the application that is meant. */
export function setStage(
  ta: string | undefined,
  words: readonly string[],
  options: EmbeddedOptions,
  console: ConsoleSink,
): Result<Stage> {
  const workload = parseWorkload(words);
  if (!workload.ok) return workload;
  const { apps, run } = workload.value;
  const app = findApp(apps, ta, words);
  if (!app.ok) return app;
  const chosen = choose(options);
  if (!chosen.ok) return chosen;
  const core = boot(chosen.value, { console, now: Date.now, apps, platform: { crypto: nodeCrypto() } });
  if (!core.ok) return core;
  const client: Client = createClient(core.value);
  return ok({ core: core.value, uuid: app.value.uuid, name: app.value.name, run: () => run(client) });
}

/** The workloads for help texts, a line each. */
export function workloadHelp(): string {
  return Object.values(WORKLOADS)
    .map(({ usage }) => `  ${usage}`)
    .join("\n");
}

/** The application of a workload that is meant; by default its first. */
export function findApp(
  apps: readonly TrustedApp[],
  ta: string | undefined,
  words: readonly string[],
): Result<TrustedApp> {
  const wanted = ta?.toLowerCase();
  const app = apps.find(({ uuid, name }) => wanted === undefined || uuid === wanted || name.toLowerCase() === wanted);
  if (app !== undefined) return ok(app);
  const known = apps.map(({ name, uuid }) => `${name} (${uuid})`).join(", ");
  return err(`'${words[0]}' has no trusted application '${clip(ta ?? "")}': there is ${known}`);
}
