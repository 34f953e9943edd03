// `teemem boot`: runs the trusted world as a daemon.
import { type Command, Option } from "commander";
import { err } from "../../base/result.ts";
import { holdSocket } from "../../daemon/held_socket.ts";
import { defaultSocket, pathOf } from "../../daemon/socket_file.ts";
import { suppressionsOption } from "../findings/finding_options.ts";
import type { CommandResult, Io } from "../outputs/outcome.ts";
import type { BootOptions } from "../systems/boot_tee.ts";
import { normalWorldOptions } from "../systems/normal_world.ts";
import { memcheckOption, ownTaOption } from "../systems/own_tas.ts";
import { stopSignal } from "../systems/signals.ts";
import { systemOptions } from "../systems/system_options.ts";

const HELP = `
The secure console is standard output. Programs find the TEE by its socket:
--socket, else TEEMEM_SOCKET, else $XDG_RUNTIME_DIR/teemem.sock, else one in a
folder of your own below the temp folder. Only you can connect. Clients that
connect during start-up wait. docs/protocol.md describes the protocol, for
clients in any language. Ctrl-C, SIGTERM or closing the terminal ends it.

Examples:
  teemem boot                 and in another terminal: xtest --stats --alloc
  teemem boot --cfg CFG_TEE_CORE_MALLOC_DEBUG=y --socket /tmp/debug.sock
  teemem boot --ta my_ta      with the TAs that 'teemem ta build my_ta' made
  teemem boot --memcheck --ta my_ta
                              says on standard error what they do wrong with
                              memory (docs/memcheck.md)
  teemem boot --storage objects
                              'teemem run secure_storage' still finds its object
                              next week
  teemem boot --pace board    calls last as long as on the recorded board; then,
                              in another terminal:
                              xtest 4006 & sleep 1; xtest --stats --ta

On a board, a Linux driver opens a session with the trusted-keys TA at boot and
keeps it. --pace board and --trusted-keys reproduce this: 'xtest --stats --ta'
then shows that TA at any time (it is keep_alive).
`;

/** Options and examples of `teemem boot`. */
export function declare(command: Command): void {
  command
    .option("--socket <path>", "listen on this socket")
    .option("--storage <folder>", "keep persistent objects in this folder, across restarts; default in memory")
    .addOption(
      new Option("--pace <pace>", "speed of calls: that of the reference board, or as fast as possible")
        .choices(["board", "full"])
        .default("full"),
    )
    .option("--trusted-keys", "keep the session of Linux's trusted-keys driver open; default with --pace board")
    .option("--no-trusted-keys", "do not keep that session, even with --pace board")
    .addHelpText("after", HELP);
  ownTaOption(command);
  memcheckOption(command);
  suppressionsOption(command);
  normalWorldOptions(command);
  systemOptions(command, "after", "cfg", "optee", "profile");
}

/** Runs the trusted world until a signal ends it. */
export async function run(_args: readonly string[], options: BootOptions, io: Io): Promise<CommandResult> {
  const path = options.socket === undefined ? socketOf(process.env) : pathOf(options.socket);
  if (path === "") return err("--socket needs the path of a socket, like /tmp/a.sock");
  // Before there is a socket that a signal could leave behind.
  const stopped = stopSignal().then(() => null);
  // Before the rest is loaded: 'teemem boot & xtest 4006' shall not miss it.
  const held = await holdSocket(path);
  if (!held.ok) return held;
  let why = "it failed to start";
  try {
    const { bootTee } = await import("../systems/boot_tee.ts");
    const outcome = await bootTee(held.value, options, io, stopped);
    why = outcome.ok ? "it has ended" : `it could not start: ${outcome.error}`;
    return outcome;
  } finally {
    await held.value.release(why);
  }
}

function socketOf(env: NodeJS.ProcessEnv): string {
  return pathOf(env.TEEMEM_SOCKET ?? "") || defaultSocket(env);
}
