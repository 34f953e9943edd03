// Runs test cases against a system, and prints while they run.
import { TEE } from "../abi/errors.ts";
import { CRYPT_UUID } from "../tee/apps/crypt/commands.ts";
import type { Client } from "../tee/kernel/client.ts";
import * as text from "../xtest/results.ts";
import { type CryptClient, createCryptClient } from "./crypt_client.ts";
import { type CaseContext, CheckFailed, createChecks, type RegressionCase } from "./harness.ts";

/** A run. */
export interface Run {
  readonly client: Client;
  readonly selection: text.TestSelection;
  readonly chosen: readonly RegressionCase[];
  /** How many of the registered cases were not chosen. */
  readonly skipped: number;
  /** The vectors of a case, parsed. */
  readonly vectors: (number: string) => Promise<unknown>;
  readonly print: (text: string) => Promise<void>;
  /** Ends the run: the call that is being made is cancelled, and its session closed. */
  readonly signal?: AbortSignal;
}

/** Thrown by a client whose run was ended. */
class Interrupted extends Error {}

/** Returns whether all checks held. Where the signal ends the run, that is `interrupted`, and there is no summary. */
export async function runCases(run: Run): Promise<"passed" | "failed" | "interrupted"> {
  const client = interruptible(run);
  const counts = { checks: 0, failedChecks: 0 };
  const ended: text.CaseEnded[] = [];
  await run.print(text.runHead(run.selection));
  try {
    for (const one of run.chosen) ended.push(await runCase(run, client, one, counts));
  } catch (error) {
    if (error instanceof Interrupted) return "interrupted";
    throw error;
  }
  await run.print(text.runEnd(run.selection, ended, { ...counts, skipped: run.skipped }));
  return ended.some(({ failed }) => failed) ? "failed" : "passed";
}

async function runCase(
  { print, vectors }: Run,
  client: Client,
  one: RegressionCase,
  counts: { checks: number; failedChecks: number },
): Promise<text.CaseEnded> {
  const name = `regression_${one.number}`;
  const subCases: text.Ended[] = [];
  let failure: text.TestFailure | null = null;
  const checks = createChecks((failed, what) => {
    counts.checks++;
    if (failed === "") return;
    counts.failedChecks++;
    failure = { what, text: failed };
  });
  /** Runs a part, of which the first failure is the end, and tells it. */
  const part = async (work: () => Promise<void>): Promise<text.TestFailure | null> => {
    failure = null;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CheckFailed)) throw error;
    }
    if (failure !== null) await print(text.failureLine(name, failure));
    return failure;
  };
  const session = cryptSession(client, checks);
  const context: CaseContext = {
    client,
    ...checks,
    crypt: session.get,
    async subCase(title, work) {
      const own = `${name}.${subCases.length + 1}`;
      await print(text.subCaseHead(own, title));
      const failed = await part(work);
      const ended = { name: own, failed: failed !== null, failure: failed };
      subCases.push(ended);
      await print(text.endLine(ended));
      failure = null;
    },
  };
  await print(text.caseHead(name, one.title));
  try {
    const data = one.vectors ? await vectors(one.number) : undefined;
    const own = await part(() => one.run(context, data));
    const ended = { name, failed: own !== null || subCases.some(({ failed }) => failed), failure: own, subCases };
    await print(text.endLine(ended));
    return ended;
  } finally {
    await session.close();
  }
}

interface CryptSession {
  get(): Promise<CryptClient>;
  close(): Promise<void>;
}

function cryptSession(client: Client, checks: Pick<CaseContext, "code">): CryptSession {
  let open: { readonly session: number; readonly crypt: CryptClient } | null = null;
  return {
    async get() {
      if (open === null) {
        const { code, session } = await client.open(CRYPT_UUID);
        checks.code("openSession", code, TEE.SUCCESS);
        open = { session, crypt: createCryptClient(client, session) };
      }
      return open.crypt;
    },
    async close() {
      if (open !== null) await client.close(open.session);
    },
  };
}

/** The client, whose calls stop the run once it has been ended. */
function interruptible({ client, signal }: Run): Client {
  const unless = async <T>(call: () => Promise<T>): Promise<T> => {
    if (signal?.aborted) throw new Interrupted();
    const outcome = await call();
    if (signal?.aborted) throw new Interrupted();
    return outcome;
  };
  return {
    ...client,
    // A session that was opened meanwhile is the client's to close: it ends with the program.
    open: (uuid, params) => unless(() => client.open(uuid, params, signal)),
    invoke: (session, command, params) => unless(() => client.invoke(session, command, params, signal)),
  };
}
