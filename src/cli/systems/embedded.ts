// Boots the embedded system.
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { readPlatformFolder } from "../../node/platform_folder.ts";
import type { Platform } from "../../platform/platform.ts";
import { bundledPlatform, DEFAULT_PLATFORM, PLATFORM_NAMES, platformOfRelease } from "../../platform/platforms.ts";
import { switchesOf } from "../../platform/release_switches.ts";
import { parseSwitches } from "../../platform/switches.ts";
import type { RecordedSystem } from "../../source/sim/recorded_system.ts";
import type { Surroundings } from "../../tee/boot.ts";
import { boot, createCore } from "../../tee/boot.ts";
import type { ConsoleSink } from "../../tee/kernel/console.ts";
import type { Core, CoreOptions } from "../../tee/kernel/core.ts";

/** Which system is embedded, as the user writes it; all of it is optional. */
export interface EmbeddedOptions {
  /** Name of a bundled platform, or a folder. */
  readonly profile?: string | undefined;
  /** OP-TEE release for the allocator, default sizes, record layouts and texts. */
  readonly optee?: string | undefined;
  /** `CFG_NAME=VALUE` assignments. */
  readonly cfg?: string | undefined;
  /** Mark of the recorded run to play up to, its end included. */
  readonly after?: string | undefined;
}

/** Boots the embedded system, and on demand plays the recorded run on it. */
export async function startEmbedded(
  options: EmbeddedOptions,
  console: ConsoleSink,
  more: Partial<Surroundings> = {},
): Promise<Result<Core>> {
  const chosen = choose(options);
  if (!chosen.ok) return chosen;
  const surroundings = { console, now: Date.now, ...more };
  const booted = boot(chosen.value, surroundings);
  // What does not even boot must not be played on.
  if (!booted.ok || options.after === undefined) return booted;
  const recorded = await startRecorded(chosen.value, surroundings);
  if (!recorded.ok) return recorded;
  const { marks } = recorded.value.recording.core;
  const last = marks.findIndex(({ name }) => name === options.after);
  if (last < 0)
    return err(
      unknownMark(
        options.after,
        marks.map(({ name }) => name),
      ),
    );
  for (const { name } of marks.slice(0, last + 1)) await recorded.value.playMark(name);
  return ok(recorded.value.core);
}

/** A core on which the recorded run can be played; loads the package's own recording. */
export async function startRecorded(options: CoreOptions, surroundings: Surroundings): Promise<Result<RecordedSystem>> {
  const core = createCore(options, surroundings);
  if (!core.ok) return core;
  const [{ loadReference }, { createRecordedSystem }] = await Promise.all([
    import("../inputs/reference.ts"),
    import("../../source/sim/recorded_system.ts"),
  ]);
  return ok(createRecordedSystem(core.value, await loadReference()));
}

/** Turns what the user wrote into a choice, or says what is possible. */
export function choose(options: EmbeddedOptions): Result<CoreOptions> {
  // A build takes a folder by this name.
  if (options.optee?.includes("/") === true)
    return err(
      `--optee is a release here, like 4.5.0; sources are for 'teemem ta build --optee ${clip(options.optee)} FOLDER'`,
    );
  // The recorded run is that of the default platform, whatever the release.
  const recorded = options.after === undefined ? platformOfRelease(options.optee) : null;
  const platform = choosePlatform(options.profile ?? recorded ?? DEFAULT_PLATFORM);
  if (!platform.ok) return platform;
  const { name, version: own } = platform.value;
  if (options.after !== undefined && name !== DEFAULT_PLATFORM)
    return err(
      `--after plays the recorded run of ${DEFAULT_PLATFORM}, not one of ${clip(name)}: leave out one of them`,
    );
  const parsed = parseSwitches(options.cfg ?? "", switchesOf(platform.value, options.optee ?? own));
  if (!parsed.ok) return parsed;
  const version = options.optee === undefined ? {} : { version: options.optee };
  return ok({ platform: platform.value, switches: parsed.value, ...version });
}

/** What has a slash is a folder, everything else the name of a bundled platform. */
function choosePlatform(profile: string): Result<Platform> {
  if (profile.includes("/")) return readPlatformFolder(profile);
  const platform = bundledPlatform(profile);
  if (platform !== null) return ok(platform);
  return err(`unknown profile '${clip(profile)}'; known: ${PLATFORM_NAMES.join(", ")}`);
}

function unknownMark(mark: string, names: readonly string[]): string {
  const stem = mark.slice(0, endOfStem(mark));
  const near = names.filter((name) => stem !== "" && name.includes(stem)).slice(0, 5);
  return `no mark '${clip(mark)}' in the recorded run; it has ${(near.length > 0 ? near : names.slice(0, 5)).join(", ")} …`;
}

/** Where the number at the end of a mark begins, with the dash before it. */
function endOfStem(mark: string): number {
  let end = mark.length;
  while (end > 0 && /\d/.test(mark[end - 1] ?? "")) end--;
  return mark[end - 1] === "-" ? end - 1 : end;
}
