// The one table of sources: what stands before the colon of `--on`, and how to open it. A new kind of source is a row here.
import type { Result } from "../../base/result.ts";
import type { BoardToExamine } from "../../source/board/check_step.ts";
import type { Source } from "../../source/source.ts";
import type { SourceSetting } from "./setting.ts";

/** A kind of source. */
export interface Scheme {
  /** As it is written after `--on`. */
  readonly usage: string;
  /** Opens what stands behind the colon. The error says what to do. */
  open(where: string, setting: SourceSetting): Promise<Result<Source>>;
  /** What a check list goes through, also where it cannot be opened; absent where its questions tell enough. */
  examine?(where: string, setting: SourceSetting): Promise<BoardToExamine>;
}

/** Kinds of sources by their scheme. What they need is loaded when one is opened. */
export const SCHEMES: Readonly<Record<string, Scheme>> = {
  sim: {
    usage: "sim",
    open: async (_where, setting) => (await import("./open_sim.ts")).openSim(setting),
  },
  unix: {
    usage: "unix:SOCKET",
    open: async (where, setting) => (await import("./open_daemon.ts")).openDaemon(where, setting),
  },
  local: {
    usage: "local:",
    open: async (where) => (await import("./open_local.ts")).openHere(where),
  },
  file: {
    usage: "file:PATH",
    open: async (where, setting) => (await import("./open_file.ts")).openRecording(where, setting),
  },
  qemu: {
    usage: "qemu:PID-OR-SOCKET",
    open: async (where, { io }) => (await import("../../source/qemu/qemu_source.ts")).openQemu(where, io.clock),
  },
  ssh: board("ssh", "ssh://HOST"),
  exec: board("exec", "exec:COMMAND"),
  tcp: board("tcp", "tcp://HOST:PORT"),
  serial: board("serial", "serial:PATH"),
};

/** A kind of board: xtest over a shell. */
function board(scheme: string, usage: string): Scheme {
  return {
    usage,
    open: async (where, setting) => (await import("./open_board.ts")).openBoardSource(`${scheme}:${where}`, setting),
    examine: async (where, setting) => (await import("./open_board.ts")).boardToExamine(`${scheme}:${where}`, setting),
  };
}
