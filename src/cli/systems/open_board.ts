// `ssh://HOST`, `exec:COMMAND` …: a board, asked by its own xtest over a shell.
import { printable, shown } from "../../base/printable.ts";
import { ok, type Result } from "../../base/result.ts";
import { LONG_PATIENCE } from "../../source/back_off.ts";
import { type BoardOptions, openBoard } from "../../source/board/board.ts";
import { boardSource } from "../../source/board/board_source.ts";
import type { BoardToExamine } from "../../source/board/check_step.ts";
import { openShell } from "../../source/board/open_shell.ts";
import type { Shell } from "../../source/board/shell/shell.ts";
import type { Source } from "../../source/source.ts";
import { askPassword } from "./ask_password.ts";
import { openConsole } from "./consoles.ts";
import { knownLeakHeaders } from "./leak_headers.ts";
import type { SourceSetting } from "./setting.ts";

/** The board of a name, as it is written after `--on`. */
export async function openBoardSource(on: string, setting: SourceSetting): Promise<Result<Source>> {
  const { open, options, clock } = await boardToExamine(on, setting);
  const shell = await open();
  if (!shell.ok) return shell;
  const board = await openBoard(shell.value, options, clock);
  if (board.ok) return ok(boardSource(board.value, options));
  await shell.value[Symbol.asyncDispose]();
  return board;
}

/** The same before it is reached. */
export async function boardToExamine(on: string, setting: SourceSetting): Promise<BoardToExamine> {
  const { env, io, options, board: named, goesOn } = setting;
  const says = (text: string): void => void io.err.write(shown`teemem: ${printable(text)}\n`);
  const board: BoardOptions = {
    ta: options.taStats,
    xtest: named?.xtest,
    leakHeaders: await knownLeakHeaders(setting),
  };
  const password = async (question: string): Promise<string | undefined> =>
    (named?.password === undefined ? undefined : env[named.password]) ?? askPassword(question);
  return {
    open: (signal): Promise<Result<Shell>> =>
      openShell(on, {
        ...{ env, clock: io.clock, says, password },
        ...(goesOn === true ? { patience: LONG_PATIENCE } : {}),
        ...(named?.user === undefined ? {} : { user: named.user }),
        ...(signal === undefined ? {} : { signal }),
      }),
    options: board,
    clock: io.clock,
    ...(options.secure === undefined ? {} : { console: () => openConsole(options.secure ?? "", { env, io }) }),
  };
}
