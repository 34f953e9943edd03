// xtest's questions, as a client asks them of the statistics TA.
import { type AllocReply, decodeAllocReply } from "../../abi/alloc_reply.ts";
import { TEE } from "../../abi/errors.ts";
import { DRIVER_INFO, POOL_ID, STATS_COMMAND, STATS_UUID } from "../../abi/ids.ts";
import { decodePager, type PagerStats, type ValueParam } from "../../abi/pager.ts";
import type { TaRecord } from "../../abi/record.ts";
import { decodeTaReply } from "../../abi/ta_reply.ts";
import { decodeTime, type StatsTime } from "../../abi/time.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Release } from "../../release/release.ts";
import type { Client } from "../../tee/kernel/client.ts";
import {
  bufferOf,
  memrefOut,
  NONE,
  type Param,
  type Params,
  params,
  valueIn,
  valueOut,
} from "../../tee/kernel/params.ts";
import type { StatsFailure } from "../source.ts";

type Answer<T> = Promise<Result<T, StatsFailure>>;
type Reply<T> = Result<T, StatsFailure>;

/** Asks for all pools. `reset` sets maximum and failure counters back afterwards. */
export function askAlloc(client: Client, reset = false): Answer<AllocReply> {
  const query = valueIn(POOL_ID.ALL, reset ? 1 : 0);
  return inSession(client, async (invoke) => {
    const reply = await fetch((buffer) => invoke(STATS_COMMAND.ALLOC_STATS, params(query, buffer)));
    return reply.ok ? decoded(decodeAllocReply(reply.value)) : reply;
  });
}

/** Asks for the instances of TAs. */
export function askTas(client: Client, release: Release): Answer<readonly TaRecord[]> {
  return inSession(client, async (invoke) => {
    const reply = await fetch((buffer) => invoke(STATS_COMMAND.TA_STATS, params(buffer)));
    return reply.ok ? decoded(decodeTaReply(reply.value, release)) : reply;
  });
}

/** Asks for the pager's counters. */
export function askPager(client: Client): Answer<PagerStats> {
  return inSession(client, async (invoke) => {
    const reply = await values(invoke, STATS_COMMAND.PAGER_STATS, [valueOut(), valueOut(), valueOut()]);
    return reply.ok ? decoded(decodePager(reply.value)) : reply;
  });
}

/** Asks for the time in both worlds. */
export function askTime(client: Client): Answer<StatsTime> {
  return inSession(client, async (invoke) => {
    const reply = await values(invoke, STATS_COMMAND.GET_TIME, [valueOut(), valueOut()]);
    return reply.ok ? decoded(decodeTime(reply.value)) : reply;
  });
}

/** Lets the core print its leak list on the secure console. */
export function askMemleak(client: Client): Answer<void> {
  return inSession(client, async (invoke) => done(await invoke(STATS_COMMAND.MEMLEAK_STATS, params())));
}

/** Lets the core print its clocks or regulators on the secure console. */
export function askDriverInfo(client: Client, which: keyof typeof DRIVER_INFO): Answer<void> {
  return inSession(client, async (invoke) =>
    done(await invoke(STATS_COMMAND.PRINT_DRIVER_INFO, params(valueIn(DRIVER_INFO[which])))),
  );
}

type Invoke = (command: number, params: Params) => Promise<StatsFailure>;

/** Milliseconds for all answers to one question; a board at its slowest needs a few hundred. */
const PATIENCE_MS = 60_000;

async function inSession<T>(client: Client, work: (invoke: Invoke) => Answer<T>): Answer<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), PATIENCE_MS);
  try {
    const opened = await client.open(STATS_UUID, params(), over.signal);
    if (opened.code !== TEE.SUCCESS) {
      const { session: _, ...failure } = opened;
      return err({ call: "TEEC_OpenSession", ...failure });
    }
    const answer = await work(async (command, parameters) => ({
      call: "TEEC_InvokeCommand",
      ...(await client.invoke(opened.session, command, parameters, over.signal)),
    }));
    await client.close(opened.session);
    return answer;
  } finally {
    clearTimeout(timer);
  }
}

/** Between two calls TAs can come; a system whose answer has grown so often is no system. */
const MOST_CALLS = 16;

/** Bytes; 11,000 TAs need no more. */
const LARGEST_ANSWER = 2 ** 20;

/** Calls once without a buffer to learn the size, then with one, as xtest does, and again where more is needed by then. */
async function fetch(invoke: (buffer: Param) => Promise<StatsFailure>): Answer<Uint8Array> {
  for (let size = 0, calls = 1; ; calls++) {
    const buffer = memrefOut(size === 0 ? null : new Uint8Array(size));
    const outcome = await invoke(buffer);
    if (buffer.type !== "memref" || (outcome.code !== TEE.SUCCESS && outcome.code !== TEE.SHORT_BUFFER))
      return err(outcome);
    if (outcome.code === TEE.SUCCESS) return ok(bufferOf(buffer).subarray(0, buffer.size));
    // A system whose answer never fits what it asked for would keep us here for ever.
    if (buffer.size <= size || buffer.size > LARGEST_ANSWER || calls === MOST_CALLS) return err(outcome);
    size = buffer.size;
  }
}

async function values(invoke: Invoke, command: number, outputs: readonly Param[]): Answer<readonly ValueParam[]> {
  const [a = NONE, b = NONE, c = NONE] = outputs;
  const outcome = await invoke(command, params(a, b, c));
  if (outcome.code !== TEE.SUCCESS) return err(outcome);
  return ok(outputs.flatMap((param) => (param.type === "value" ? [param.value] : [])));
}

function done(outcome: StatsFailure): Reply<void> {
  return outcome.code === TEE.SUCCESS ? ok(undefined) : err(outcome);
}

/** An answer that cannot be read counts as one of bad format. */
function decoded<T>(result: Result<T>): Reply<T> {
  return result.ok ? result : err({ call: "TEEC_InvokeCommand", code: TEE.BAD_FORMAT, origin: 1 });
}
