// The recording of a client program of the user, with TAs of the user, for a command that judges it.

import { err, ok, type Result } from "../../base/result.ts";
import { nodeHost } from "../../node/host.ts";
import { BUNDLED } from "../../tee/apps/bundled.ts";
import { consoleErrors } from "../outputs/console_errors.ts";
import type { Io } from "../outputs/outcome.ts";
import { tellsNoSuchTa } from "../systems/no_such_ta.ts";
import { type OwnTaOptions, type OwnTas, ownTasOf } from "../systems/own_tas.ts";
import { openNamed } from "../systems/sources.ts";
import { recordClient } from "./record_client.ts";

/** Runs the client and writes the recording; gives the TAs of --ta. An error where it did not run, or did not end well. */
export async function recordedClient(
  words: readonly string[],
  tas: OwnTaOptions,
  path: string,
  io: Io,
): Promise<Result<OwnTas["own"]>> {
  const own = await ownTasOf(tas, BUNDLED, io);
  if (!own.ok) return own;
  const source = await openNamed("sim", {
    options: {},
    env: process.env,
    io,
    console: consoleErrors(io),
    surroundings: { apps: own.value.apps, host: { ...nodeHost(), ...tellsNoSuchTa(io) } },
    bootsLater: true,
  });
  if (!source.ok) return source;
  const ended = await recordClient(source.value, { words, cc: undefined, path, force: false }, io);
  if (!ended.ok) return ended;
  const { code, wrong } = ended.value;
  if (code === 0 && wrong.length === 0) return ok(own.value.own);
  return err(wrong[0] ?? `'${words[0]}' ended with exit code ${code}: nothing was checked`);
}
