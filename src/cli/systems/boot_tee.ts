// Boots a system and serves it on a socket.

import { printable, shown } from "../../base/printable.ts";
import { ok } from "../../base/result.ts";
import type { HeldSocket } from "../../daemon/held_socket.ts";
import { atBoardPace } from "../../daemon/pace.ts";
import { serveSocket } from "../../daemon/server.ts";
import { startTrustedKeys } from "../../daemon/trusted_keys.ts";
import { analogyOf } from "../../platform/analogy.ts";
import { titleOfPlatform } from "../../platform/needs.ts";
import { BUNDLED } from "../../tee/apps/bundled.ts";
import { tapEvents } from "../../tee/monitor/tap.ts";
import { type FindingFileOptions, readSuppressions } from "../findings/finding_options.ts";
import { tellAtOnce } from "../findings/heard_findings.ts";
import { liveLines } from "../outputs/live_lines.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import { isChecked } from "../ta/mode_option.ts";
import { type EmbeddedOptions, startEmbedded } from "./embedded.ts";
import { tellsNoSuchTa } from "./no_such_ta.ts";
import { type NormalWorldOptions, normalWorldOf } from "./normal_world.ts";
import { type OwnTaOptions, ownTasOf } from "./own_tas.ts";
import { storageOf } from "./storage_option.ts";

/** What `teemem boot` is given. */
export interface BootOptions
  extends EmbeddedOptions,
    NormalWorldOptions,
    OwnTaOptions,
    Pick<FindingFileOptions, "suppressions"> {
  readonly storage?: string;
  readonly socket?: string;
  readonly pace: "board" | "full";
  /** Not given: as the pace says. */
  readonly trustedKeys?: boolean;
}

/** Boots a TEE, and serves it on a socket that is held, until `stopped`; that may be while it still boots. */
export async function bootTee(
  held: HeldSocket,
  options: BootOptions,
  io: Io,
  stopped: Promise<null>,
): Promise<CommandResult> {
  // A console line must be seen when it is printed; a reader that went away is no reason to stop.
  const put = liveLines(io.out);
  const print = (line: string): void => put(printable(line));
  const bundled = options.pace === "board" ? BUNDLED.map(atBoardPace) : BUNDLED;
  const apps = await ownTasOf(options, bundled, io);
  if (!apps.ok) return apps;
  const suppressions = readSuppressions(options);
  if (!suppressions.ok) return suppressions;
  const storage = storageOf(options.storage, io);
  if (!storage.ok) return storage;
  const world = await normalWorldOf(options, io);
  if (!world.ok) return world;
  const starting = startEmbedded(options, print, {
    apps: apps.value.apps,
    host: { ...world.value, ...storage.value, ...tellsNoSuchTa(io) },
  });
  const core = await Promise.race([starting, stopped]);
  if (core === null) return ok(0);
  if (!core.ok) return core;
  const daemon = serveSocket(core.value, held);
  if (isChecked(options)) tapEvents(core.value, tellAtOnce(options.ta ?? [], suppressions.value, io.err));
  // Linux does not wait for it either.
  if (options.trustedKeys ?? options.pace === "board") void startTrustedKeys(core.value);
  const { version, platform, release } = core.value;
  io.err.write(
    shown`teemem: OP-TEE ${printable(version)}, ${printable(titleOfPlatform(platform, release))}, listens on ${printable(held.path)}\n`,
  );
  const analogy = analogyOf(platform, version);
  if (analogy !== null) io.err.write(shown`teemem: ${printable(analogy)}\n`);
  // Nor is a reader of this line that went away a reason to stop.
  await io.err.flush().catch(() => {});
  await stopped;
  await daemon.end();
  return ok(0);
}
