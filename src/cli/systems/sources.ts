// Chooses the source: `--on`, a running daemon, or the embedded system.
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { BoardToExamine } from "../../source/board/check_step.ts";
import type { Source } from "../../source/source.ts";
import { isFile } from "../inputs/is_there.ts";
import { besideConsole } from "./consoles.ts";
import { findDaemon, sourceBehind } from "./open_daemon.ts";
import { rowFor, schemeName, usagesOf } from "./scheme_table.ts";
import { SCHEMES } from "./schemes.ts";
import { choosesEmbedded, type SourceSetting } from "./setting.ts";

/** The source of `--on`; else the daemon that runs; else the embedded system, which is also meant where any option of it is given. */
export async function openSource(setting: SourceSetting): Promise<Result<Source>> {
  const look = async (): Promise<Result<Source | null>> =>
    choosesEmbedded(setting.options) && setting.options.on === undefined ? ok(null) : openRunning(setting);
  const running = await look();
  if (!running.ok) return running;
  if (running.value !== null) return ok(running.value);
  const embedded = await openNamed("sim", setting);
  if (!embedded.ok) return embedded;
  // One may have begun meanwhile, as after 'teemem boot &'.
  const late = await look();
  if (!late.ok || late.value === null) return embedded;
  await embedded.value[Symbol.asyncDispose]();
  return ok(late.value);
}

/** A source that programs of the normal world can talk to. */
export type TalkingSource = Source & Required<Pick<Source, "client">>;

/** The same for who has to talk to it. */
export async function openTalking(setting: SourceSetting): Promise<Result<TalkingSource>> {
  const opened = await openSource(setting);
  if (!opened.ok) return opened;
  const { name, client } = opened.value;
  if (client !== undefined) return ok(opened.value as TalkingSource);
  await opened.value[Symbol.asyncDispose]();
  return err(`${name} takes no calls: name a running system`);
}

/** The source of `--on`, else the daemon that runs; null if there is none. */
export async function openRunning(setting: SourceSetting): Promise<Result<Source | null>> {
  const { options, env, io } = setting;
  if (options.on !== undefined) return openNamed(options.on, setting);
  if (options.secure !== undefined)
    return err("--secure needs --on: it is the secure console of a system that is named");
  const daemon = await findDaemon(undefined, env, io.err);
  if (!daemon.ok || daemon.value === null) return daemon as Result<null>;
  return ok(await sourceBehind(daemon.value, setting));
}

/** What a check list examines of the source of this name; undefined where it has none. */
export async function toExamine(name: string, given: SourceSetting): Promise<BoardToExamine | undefined> {
  const named = await withBoard(name, given);
  const { on, setting } = named.ok ? named.value : { on: name, setting: given };
  const found = rowFor(SCHEMES, on);
  return found?.row.examine?.(found.where, setting);
}

/** The source of this name, as it is written after `--on`, with the secure console of `--secure`. */
export async function openNamed(name: string, given: SourceSetting): Promise<Result<Source>> {
  const named = await withBoard(name, given);
  if (!named.ok) return named;
  const { on, setting } = named.value;
  const opened = await openAlone(on, setting);
  return opened.ok ? besideConsole(opened.value, setting) : opened;
}

/** What boards.yaml has for a name takes its place. */
async function withBoard(
  name: string,
  setting: SourceSetting,
): Promise<Result<{ on: string; setting: SourceSetting }>> {
  if (schemeName(name) !== undefined || name === SCHEMES.sim?.usage) return ok({ on: name, setting });
  const { namedBoard } = await import("./boards_file.ts");
  const named = namedBoard(name, setting.env);
  if (!named.ok) return named;
  const board = named.value;
  if (board === null) return ok({ on: name, setting });
  const { secure = board.secure } = setting.options;
  return ok({ on: board.source, setting: { ...setting, board, options: { ...setting.options, secure } } });
}

async function openAlone(on: string, setting: SourceSetting): Promise<Result<Source>> {
  const whole = withScheme(on);
  const found = rowFor(SCHEMES, whole);
  if (found !== undefined) {
    const opened = await found.row.open(found.where, setting);
    // A name alone may be a mistyped board.
    if (opened.ok || whole !== `unix:${on}` || on.includes("/")) return opened;
    return err(`${opened.error}; boards.yaml names no board '${clip(on)}', either`);
  }
  return err(`unknown source '${clip(schemeName(whole) ?? "")}:'; known: ${usagesOf(SCHEMES)}`);
}

/** What has no scheme is the embedded system, a recording, or the socket of a daemon. */
function withScheme(on: string): string {
  if (schemeName(on) !== undefined) return on;
  if (isFile(on)) return `file:${on}`;
  return on === SCHEMES.sim?.usage ? `${on}:` : `unix:${on}`;
}
