// A system that can be talked to as a source: xtest's questions through a client, the others through an inspector.
import { TEE } from "../../abi/errors.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Inspector } from "../../tee/kernel/inspector.ts";
import { hearLines } from "../console/heard_lines.ts";
import { unlessAborted } from "../give_up.ts";
import type { About, Answers, Question, Source, SourceError, StatsFailure } from "../source.ts";
import { askAlloc, askMemleak, askPager, askTas, askTime } from "./stats_client.ts";
import type { TeeSystem } from "./tee_system.ts";

type Asks = {
  readonly [Q in Question]?: (system: TeeSystem, about: About) => Promise<Result<Answers[Q], SourceError>>;
};

const ASKS = {
  alloc: ({ client }, { reset }) => answer(askAlloc(client, reset)),
  async ta({ client, release }) {
    const asked = await askTas(client, release);
    const none = !asked.ok && asked.error.code === TEE.ITEM_NOT_FOUND && asked.error.call === "TEEC_InvokeCommand";
    return none ? ok([]) : answer(asked);
  },
  pager: ({ client }) => answer(askPager(client)),
  time: ({ client }) => answer(askTime(client)),
  async memleak({ client, console }) {
    const heard = console && hearLines(console);
    const asked = await askMemleak(client);
    heard?.stop();
    return asked.ok ? ok(heard?.lines()) : answer(asked);
  },
} satisfies Asks;

function inspections(inspect: Inspector): Asks {
  return {
    running: (_system, { ta }) => told(inspect.running(ta)),
    leaks: (_system, { ta }) => told(inspect.leaks(ta)),
    ended: (_system, { ta }) => told(inspect.ended(ta)),
  };
}

/**
 * A source of a system that can be talked to; a `TracedSource` where the system has events. `dispose` ends the connection; default
 * is to end the client's sessions.
 */
export function sourceOf(system: TeeSystem, dispose: () => PromiseLike<void> = () => system.client.end()): Source {
  const { name, version, release, profile, client, console, inspect, held, events, start, socket } = system;
  const asks: Asks = {
    ...ASKS,
    ...(inspect === undefined ? {} : inspections(inspect)),
    ...(held === undefined ? {} : { held: (_system, { ta }) => told(held(ta)) }),
  };
  return {
    name,
    version,
    release,
    profile,
    client,
    get lost() {
      return system.lost ?? "";
    },
    answers: new Set(Object.keys(asks) as Question[]),
    async ask(question, signal, about = {}) {
      const ask = asks[question];
      if (ask === undefined) return err({ text: "a system that runs has no recording" });
      return unlessAborted(signal, () => ask(system, about));
    },
    ...(console === undefined ? {} : { console }),
    ...(events === undefined ? {} : { events }),
    ...(start === undefined ? {} : { start }),
    ...(socket === undefined ? {} : { socket }),
    async [Symbol.asyncDispose]() {
      await dispose();
    },
  };
}

async function answer<T>(
  asked: Result<T, StatsFailure> | Promise<Result<T, StatsFailure>>,
): Promise<Result<T, SourceError>> {
  const given = await asked;
  return given.ok ? given : err({ text: explain(given.error), failure: given.error });
}

async function told<T>(asked: Promise<Result<T>>): Promise<Result<T, SourceError>> {
  const given = await asked;
  return given.ok ? given : err({ text: given.error });
}

function explain(failure: StatsFailure): string {
  return knownCause(failure) || `failed with 0x${failure.code.toString(16)}`;
}

/** What a failure means and what to do about it; empty where its code is all that is known. */
export function knownCause({ call, code, why }: StatsFailure): string {
  if (why !== undefined) return why;
  if (code === TEE.COMMUNICATION) return "the system went away";
  if (code === TEE.CANCEL) return "given up";
  if (code === TEE.OUT_OF_MEMORY) return "the core heap has no room for this query; set a larger CFG_CORE_HEAP_SIZE";
  if (call === "TEEC_OpenSession") return "the system has no statistics; build it with CFG_WITH_STATS=y";
  if (code === TEE.NOT_SUPPORTED) return "not answered; CFG_TA_STATS=y is missing in the core's build";
  return "";
}
