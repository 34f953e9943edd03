// The interface of the example programs, and their errors.
import { errorText, TEE } from "../../abi/errors.ts";
import { originName } from "../../abi/ids.ts";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Client } from "../../tee/kernel/client.ts";
import type { Outcome } from "../../tee/kernel/outcome.ts";
import type { Params } from "../../tee/kernel/params.ts";

/** Takes what a program prints. */
export type Print = (text: string) => void;

/** The program of an example on the normal world's side. */
export interface Program {
  readonly name: string;
  readonly summary: string;
  /** Its arguments in words; empty if it takes none. */
  readonly usage: string;
  /** The TA it talks to, and the names of its commands by number. */
  readonly uuid: string;
  readonly commands: readonly string[];
  /** Reads the arguments. The error says what is wrong with them. */
  prepare(args: readonly string[]): Result<RunExample>;
}

/** Runs the program. The error is what it says, in one line, when a call fails; it then has exit code 1. */
export type RunExample = (client: Client, print: Print) => Promise<Result<void>>;

/** A session of a program with its TA. */
export interface ProgramSession {
  /** Calls a command. `what` begins the error. */
  call(command: number, params: Params, what?: string): Promise<Result<void>>;
  /** Calls a command whose failures are answers, too. */
  ask(command: number, params: Params): Promise<Outcome>;
}

/** Runs a program without arguments in a session, which is closed in any case. */
export function inSession(
  uuid: string,
  work: (session: ProgramSession, print: Print) => Promise<Result<void>>,
): (args: readonly string[]) => Result<RunExample> {
  return (args) => {
    if (args.length > 0) return err(`unexpected argument '${clip(args[0] ?? "")}'`);
    return ok((client, print) => withSession(client, uuid, (session) => work(session, print)));
  };
}

/** Opens a session, works with it, and closes it. */
export async function withSession(
  client: Client,
  uuid: string,
  work: (session: ProgramSession) => Promise<Result<void>>,
): Promise<Result<void>> {
  const opened = await client.open(uuid);
  if (opened.code !== TEE.SUCCESS) return failed("TEEC_Opensession failed with code", opened);
  const { session } = opened;
  try {
    return await work({
      ask: (command, params) => client.invoke(session, command, params),
      async call(command, params, what = "TEEC_InvokeCommand failed with code") {
        const outcome = await client.invoke(session, command, params);
        return outcome.code === TEE.SUCCESS ? ok(undefined) : failed(what, outcome);
      },
    });
  } finally {
    await client.close(session);
  }
}

/** What a program says of a call that failed: the numbers, and what they mean. */
export function failed(what: string, { code, origin, why }: Outcome): Result<never> {
  const numbers = `0x${code.toString(16)} origin 0x${origin.toString(16)}`;
  return err(`${what} ${numbers} (${why ?? `${errorText(code, "TEEC")} from ${originName(origin)}`})`);
}
