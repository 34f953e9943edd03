// Third-party programs that read the files that we write.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import type { TestContext } from "vitest";
import { miss } from "./needs.ts";

/** A program of others that reads what we write. */
export interface Peer {
  /** Runs it; it must end well. Skips the test where it is not installed, and fails it where `CI=true` is set. */
  run(context: TestContext, ...args: readonly string[]): string;
}

/** A program by name, with the words that every call begins with. */
function createPeer(debian: string, program: string, ...before: readonly string[]): Peer {
  const call = (args: readonly string[]): SpawnSyncReturns<string> =>
    spawnSync(program, [...before, ...args], { encoding: "utf8", maxBuffer: 2 ** 28 });
  let there: boolean | undefined;
  return {
    run(context, ...args) {
      there ??= call(["--version"]).error === undefined;
      if (!there) {
        return miss(context, `${program} is not installed: Debian has it in ${debian}`);
      }
      const { status, stdout, stderr } = call(args);
      if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stderr}`);
      return stdout;
    },
  };
}

export const pprofPeer = createPeer("golang-go", "go", "tool", "pprof");
export const heaptrackPeer = createPeer("heaptrack", "heaptrack_print");
export const massifPeer = createPeer("valgrind", "ms_print");
export const pythonPeer = createPeer("python3", "python3");
