// `--network` and `--plugins`: what TAs reach of this machine, as through tee-supplicant on a board.
import { type Command, Option } from "commander";
import { printable, shown } from "../../base/printable.ts";
import { ok, type Result } from "../../base/result.ts";
import { nodeHost } from "../../node/host.ts";
import type { Reach } from "../../node/network/reach.ts";
import { loadPlugins } from "../../node/plugins.ts";
import type { Host } from "../../tee/kernel/core.ts";
import type { Io } from "../outputs/outcome.ts";

/** What a command with these options is given. */
export interface NormalWorldOptions {
  readonly network: Reach;
  readonly plugins?: string;
}

/** Adds both options to a command. */
export function normalWorldOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--network <reach>", "with whom TAs may connect: this machine's loopback addresses alone, or anybody")
        .choices(["loopback", "any"] satisfies readonly Reach[])
        .default("loopback"),
    )
    .option("--plugins <folder>", "load tee-supplicant's plugins in this folder, for TAs to call");
}

/** What the options give a system. Says on stderr when a TA wants to connect with somebody whom it may not reach. */
export async function normalWorldOf(options: NormalWorldOptions, io: Io): Promise<Result<Partial<Host>>> {
  const why =
    options.network === "any" ? "there is no such host" : "without --network any, TAs reach this machine alone";
  const refused = (host: string): void => {
    io.err.write(shown`teemem: a TA cannot connect with ${printable(host)}: ${printable(why)}\n`);
    void io.err.flush().catch(() => {});
  };
  const host = nodeHost(options.network, refused);
  if (options.plugins === undefined) return ok(host);
  const plugins = await loadPlugins(options.plugins);
  return plugins.ok ? ok({ ...host, plugins: plugins.value }) : plugins;
}
