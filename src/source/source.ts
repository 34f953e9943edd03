// Where statistics come from, whatever they come from.
import type { AllocReply } from "../abi/alloc_reply.ts";
import { TEE } from "../abi/errors.ts";
import type { PagerStats } from "../abi/pager.ts";
import type { TaRecord } from "../abi/record.ts";
import type { StatsTime } from "../abi/time.ts";
import { err, ok, type Result } from "../base/result.ts";
import { askAlloc, askMemleak, askPager, askTas, askTime, type StatsFailure } from "./stats_client.ts";
import type { TeeSystem } from "./tee_system.ts";

/** What a question is answered with. Questions are called as xtest's options are. */
export interface Answers {
  readonly alloc: AllocReply;
  /** Empty where no trusted application is loaded. */
  readonly ta: readonly TaRecord[];
  readonly pager: PagerStats;
  readonly time: StatsTime;
  /** The list itself goes to the secure console. */
  readonly memleak: undefined;
}

export type Question = keyof Answers;

/** Why there is no answer: the code of the call that failed, and who returned it. */
export interface SourceError extends StatsFailure {
  /** What it means for a user, and what to do. */
  readonly text: string;
}

/** Where statistics come from: the simulator, a board, a recording. */
export interface Source extends AsyncDisposable {
  /** `sim`, `unix:/run/user/1000/teemem.sock`, `ssh://root@board` … */
  readonly name: string;
  /** What it can be asked. */
  readonly answers: ReadonlySet<Question>;
  /** Asks. A signal makes it give up with CANCEL; what was asked may still happen. */
  ask<Q extends Question>(question: Q, signal?: AbortSignal): Promise<Result<Answers[Q], SourceError>>;
}

type Asks = { readonly [Q in Question]: (system: TeeSystem) => Promise<Result<Answers[Q], StatsFailure>> };

const ASKS: Asks = {
  alloc: ({ client }) => askAlloc(client),
  async ta({ client, release }) {
    const answer = await askTas(client, release);
    return !answer.ok && answer.error.code === TEE.ITEM_NOT_FOUND && answer.error.call === "TEEC_InvokeCommand"
      ? ok([])
      : answer;
  },
  pager: ({ client }) => askPager(client),
  time: ({ client }) => askTime(client),
  async memleak({ client }) {
    const answer = await askMemleak(client);
    return answer.ok ? ok(undefined) : answer;
  },
};

/** Statistics of a system that can be talked to. `dispose` ends the connection, where there is one. */
export function sourceOf(system: TeeSystem, dispose: () => PromiseLike<void> = async () => {}): Source {
  return {
    name: system.name,
    answers: new Set(Object.keys(ASKS) as Question[]),
    async ask(question, signal) {
      const answer = await unless(signal, () => ASKS[question](system));
      return answer.ok ? answer : err({ ...answer.error, text: explain(answer.error) });
    },
    async [Symbol.asyncDispose]() {
      await system.client.end();
      await dispose();
    },
  };
}

async function unless<T>(
  signal: AbortSignal | undefined,
  ask: () => Promise<Result<T, StatsFailure>>,
): Promise<Result<T, StatsFailure>> {
  if (signal === undefined) return ask();
  const cancelled = err<StatsFailure>({ call: "TEEC_InvokeCommand", code: TEE.CANCEL, origin: 1 });
  if (signal.aborted) return cancelled;
  let stop = (): void => {};
  const fired = new Promise<Result<T, StatsFailure>>((resolve) => {
    stop = () => resolve(cancelled);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([ask(), fired]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function explain({ call, code }: StatsFailure): string {
  if (code === TEE.COMMUNICATION) return "the system went away";
  if (code === TEE.CANCEL) return "given up";
  if (call === "TEEC_OpenSession") return "the system has no statistics; build it with CFG_WITH_STATS=y";
  if (code === TEE.NOT_SUPPORTED) return "not answered; CFG_TA_STATS=y is missing in the core's build";
  return `refused with 0x${code.toString(16)}`;
}
