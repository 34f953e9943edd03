import { once } from "node:events";
import { type Command, Option } from "commander";
import { ok } from "../../base/result.ts";
import { atBoardPace } from "../../daemon/pace.ts";
import { startDaemon } from "../../daemon/server.ts";
import { defaultSocket } from "../../daemon/socket_file.ts";
import { nodeCrypto } from "../../node/crypto.ts";
import { BOX } from "../../tee/apps/box.ts";
import { type EmbeddedOptions, startEmbedded } from "../embedded.ts";
import type { Io, Outcome } from "../outcome.ts";

const HELP = `
The secure console is standard output. Programs find the TEE by its socket: --socket, else TEEMEM_SOCKET, else
$XDG_RUNTIME_DIR/teemem.sock, else a folder of your own below the temp folder. Only you can connect. docs/protocol.md
tells how to speak with it from any language. SIGINT (Ctrl-C) or SIGTERM ends it.

Examples:
  teemem boot                               and in another terminal: xtest --stats --alloc
  teemem boot --cfg CFG_TEE_CORE_MALLOC_DEBUG=y --socket /tmp/debug.sock
  teemem boot --pace board                  calls last as long as on the board that was recorded
`;

interface BootOptions extends EmbeddedOptions {
  readonly socket?: string;
  readonly pace: "board" | "full";
}

/** Options and examples of `teemem boot`. */
export function declare(command: Command): void {
  command
    .option("--socket <path>", "where to listen")
    .option("--cfg <switches>", "build switches, like 'CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TA_STATS=n'")
    .option("--optee <version>", "release whose record layouts and texts are used, like 4.5.0")
    .option("--profile <name>", "boot profile")
    .option("--after <mark>", "play the recorded run up to the end of this mark first")
    .addOption(
      new Option("--pace <pace>", "how fast calls are: as on the reference board, or as fast as possible")
        .choices(["board", "full"])
        .default("full"),
    )
    .addHelpText("after", HELP);
}

/** Runs the trusted world until a signal ends it. */
export async function run(_args: readonly string[], options: BootOptions, io: Io): Promise<Outcome> {
  // A console line must be seen when it is printed; a reader that went away is no reason to stop.
  const print = (line: string): void => {
    io.out.write(`${line}\n`);
    io.out.flush().catch(() => {});
  };
  const apps = options.pace === "board" ? BOX.map(atBoardPace) : BOX;
  const core = await startEmbedded(options, print, { apps, platform: { crypto: nodeCrypto() } });
  if (!core.ok) return core;
  const path = options.socket ?? (process.env.TEEMEM_SOCKET || defaultSocket(process.env));
  const daemon = await startDaemon(core.value, path);
  if (!daemon.ok) return daemon;
  const { release, profile } = core.value;
  io.err.write(`teemem: OP-TEE ${release.version}, ${profile.name}, listens on ${path}\n`);
  await io.err.flush();
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await daemon.value.end();
  return ok(0);
}
