import { type Command, Option } from "commander";
import { err } from "../../base/result.ts";
import { holdSocket } from "../../daemon/held_socket.ts";
import { defaultSocket, pathOf } from "../../daemon/socket_file.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { BootOptions } from "../systems/boot_tee.ts";
import { stopSignal } from "../systems/signals.ts";
import { systemOptions } from "../systems/system_options.ts";

const HELP = `
The secure console is standard output. Programs find the TEE by its socket:
--socket, else TEEMEM_SOCKET, else $XDG_RUNTIME_DIR/teemem.sock, else one in a
folder of your own below the temp folder. Only you can connect. Who comes while
it still starts waits for it. docs/protocol.md tells how to speak with it from
any language. Ctrl-C, SIGTERM or the end of its terminal ends it.

Examples:
  teemem boot                 and in another terminal: xtest --stats --alloc
  teemem boot --cfg CFG_TEE_CORE_MALLOC_DEBUG=y --socket /tmp/debug.sock
  teemem boot --storage objects
                              'teemem run secure_storage' finds its object again
                              next week
  teemem boot --pace board    calls last as long as on the board that was
                              recorded; then, in another terminal:
                              xtest 4006 & sleep 1; xtest --stats --ta

A board's Linux has a driver that keeps a session with the application of
trusted keys from its boot on. With --pace board, or with --trusted-keys, so it
is here: 'xtest --stats --ta' shows that application at any time (it is
keep_alive).
`;

/** Options and examples of `teemem boot`. */
export function declare(command: Command): void {
  command
    .option("--socket <path>", "where to listen")
    .option("--storage <folder>", "keep persistent objects in this folder, over restarts; default in memory")
    .addOption(
      new Option("--pace <pace>", "how fast calls are: as on the reference board, or as fast as possible")
        .choices(["board", "full"])
        .default("full"),
    )
    .option("--trusted-keys", "keep the session that Linux's driver of trusted keys has; default with --pace board")
    .option("--no-trusted-keys", "do not, also with --pace board")
    .addHelpText("after", HELP);
  systemOptions(command, "after", "cfg", "optee", "profile");
}

/** Runs the trusted world until a signal ends it. */
export async function run(_args: readonly string[], options: BootOptions, io: Io): Promise<CommandResult> {
  const path = options.socket === undefined ? socketOf(process.env) : pathOf(options.socket);
  if (path === "") return err("--socket names no socket: give its path, like /tmp/a.sock");
  // Before there is a socket that a signal could leave behind.
  const stopped = stopSignal().then(() => null);
  // Before the rest is loaded: 'teemem boot & xtest 4006' shall not miss it.
  const held = await holdSocket(path);
  if (!held.ok) return held;
  let why = "it failed to start";
  try {
    const { bootTee } = await import("../systems/boot_tee.ts");
    const outcome = await bootTee(held.value, options, io, stopped);
    why = outcome.ok ? "it ends" : `it could not start: ${outcome.error}`;
    return outcome;
  } finally {
    await held.value.release(why);
  }
}

function socketOf(env: NodeJS.ProcessEnv): string {
  return pathOf(env.TEEMEM_SOCKET ?? "") || defaultSocket(env);
}
