// The interface of everything that statistics and events come from.
// The types of users without that library need it, for AsyncDisposable.
/// <reference lib="esnext.disposable" preserve="true" />
import type { PagerStats } from "../abi/pager.ts";
import type { PartialRecord, PartialTa } from "../abi/record.ts";
import type { StatsTime } from "../abi/time.ts";
import type { Result } from "../base/result.ts";
import type { LiveBlock } from "../malloc/foreach.ts";
import type { Recording } from "../recording/recording.ts";
import type { Release } from "../release/release.ts";
import type { Client } from "../tee/kernel/client.ts";
import type { TaLeaks, TaMoment } from "../tee/kernel/inspect.ts";
import type { EndedTa } from "../tee/kernel/ta_instance.ts";
import type { TeeEvent } from "../tee/monitor/event.ts";
import type { ConsoleFeed } from "./console_feed.ts";
import type { ProgramEvent, SystemProgram } from "./program.ts";

/** What a question is answered with. The first five are called as xtest's options are. */
export interface Answers {
  readonly alloc: {
    readonly release: Release;
    readonly pools: readonly PartialRecord[];
    /** When the system gave it, in milliseconds on the clock that the source was opened with; absent for now. */
    readonly at?: number;
    /** What the question itself took; absent where it is none of what is told. */
    readonly own?: OwnShare;
  };
  /** Empty where no TA is loaded. */
  readonly ta: readonly PartialTa[];
  readonly pager: PagerStats;
  readonly time: StatsTime;
  /** Lines of the secure console meanwhile, the list among them; undefined where the console is not the source's to read. */
  readonly memleak: readonly string[] | undefined;
  /** Instances of TAs that run, with their counters now. */
  readonly running: readonly TaMoment[];
  /** Live blocks of their heaps, which a system that is asked prints on its console as well. An error where none runs. */
  readonly leaks: readonly HeldNow[];
  /** The memory of the secure world, byte for byte. */
  readonly memory: MemoryImage;
  /** The latest instances that ended, the last one last. */
  readonly ended: readonly EndedTa[];
  /** What instances held when they ended, since the source was opened, and what others hold now. */
  readonly held: readonly TaHeld[];
  /** Everything that was recorded, from beginning to end. */
  readonly recording: Recording;
}

/** The live blocks of an instance of a TA, or of the core, whose `uuid` is `core`. */
type HeldNow = Pick<TaLeaks, "instance" | "uuid" | "name" | "blocks"> &
  Partial<Pick<TaLeaks, "busy" | "sessions" | "panicked" | "stats">>;

/** Memory as it lies in a machine. */
export interface MemoryImage {
  /** Physical address of its first byte; null if unknown. */
  readonly base: number | null;
  readonly bytes: Uint8Array;
  /** What is to be known about it, in sentences. */
  readonly notes: readonly string[];
}

/** What of the core heap belongs to the question: a board is asked by a program that opens a session. */
export interface OwnShare {
  /** Bytes that were left out of what is allocated; absent where they are not known, and so not left out. */
  readonly held?: number;
  /** In a sentence for users. */
  readonly text: string;
}

/** The blocks that an instance of a TA had not freed when it ended, or holds now. */
export interface TaHeld {
  readonly instance: number;
  readonly uuid: string;
  readonly name: string;
  readonly ended: boolean;
  /** It ended because it panicked: it could not free them. */
  readonly panicked: boolean;
  /** The error says why they cannot be listed. */
  readonly blocks: Result<readonly LiveBlock[]>;
}

/** What a source can be asked: a name of `Answers`. */
export type Question = keyof Answers;

/** What a question is about. */
export interface About {
  /** Only this TA: its UUID or name, in any case. For `running`, `leaks`, `ended` and `held`. */
  readonly ta?: string | undefined;
  /** Sets maxima and failure counters of all pools back, once `alloc` is answered. Sources without a `client` cannot. */
  readonly reset?: boolean | undefined;
  /** The moment, in microseconds on the clock of a recording; default its end. Systems that run answer for now. */
  readonly at?: number | undefined;
}

/** The call that failed, with what the TEE returned. */
export interface StatsFailure {
  readonly call: "TEEC_OpenSession" | "TEEC_InvokeCommand";
  readonly code: number;
  readonly origin: number;
  /** What the platform lacks for the call. */
  readonly why?: string;
}

/** Why there is no answer. */
export interface SourceError {
  /** What it means for a user, and what to do. */
  readonly text: string;
  /** Absent where no call was made. */
  readonly failure?: StatsFailure;
  /** The system has rebooted since the last question: its counters began anew, and it can be asked again at once. */
  readonly rebooted?: true;
}

/** Where statistics come from: the simulator, a daemon, a recording, a board. */
export interface Source extends AsyncDisposable {
  /** `sim`, `unix:/run/user/1000/teemem.sock`, `file:run.arrows` … */
  readonly name: string;
  /** Of OP-TEE, like 4.10.0; empty if unknown. */
  readonly version: string;
  /** Record layouts and texts; where the version is unknown, the usual ones. */
  readonly release: Release;
  /** Boot profile; empty if there is none. */
  readonly profile: string;
  /** Why it went away; empty while it is there. */
  readonly lost: string;
  /** What it can be asked. */
  readonly answers: ReadonlySet<Question>;
  /** Asks. A signal makes it give up; what was asked may still happen. What is not in `answers` is an error. */
  ask<Q extends Question>(question: Q, signal?: AbortSignal, about?: About): Promise<Result<Answers[Q], SourceError>>;
  /** Its secure console; absent where that is not the source's to read. */
  readonly console?: ConsoleFeed;
  /** For programs of the normal world; absent where nobody can talk to the system. */
  readonly client?: Client;
  /** Runs a program on the system itself, with a look at the counters right after each of its calls; absent where that can't be. */
  run?(program: SystemProgram): AsyncIterable<ProgramEvent>;
  /** The socket by which other programs find the system; absent where they cannot. */
  socket?(): Promise<Result<string>>;
}

/** So many events were left out, because they came too fast. The state is resent behind the gap. */
export interface EventsLost {
  readonly kind: "lost";
  readonly count: number;
}

/** Something that happened, and when: milliseconds on the clock that the source was opened with, ascending. */
export interface HeapEvent {
  readonly time: number;
  readonly event: TeeEvent | EventsLost;
}

/** A source that reports everything that happens. */
export interface TracedSource extends Source {
  /**
   * All events from the first `next` on; the state at that moment comes first, as "known" and "loaded". Ends when the source
   * does. What happened before a question comes before its answer. One listener at a time.
   */
  events(): AsyncIterable<HeapEvent>;
  /** Questions whose answers say more than its events, as those tell of one heap, or not of everything; absent where they tell all. */
  readonly untold?: readonly ("alloc" | "ta")[];
  /** Its events are seen by looking all the time, which takes a processor: who only wants to see how it stands asks instead. */
  readonly looks?: true;
  /** Boots the system, so that its boot can be listened to; absent where it has booted. */
  start?(): Promise<Result<void>>;
}

/** True for a source that reports everything that happens. */
export function isTraced(source: Source): source is TracedSource {
  return "events" in source && source.events !== undefined;
}
