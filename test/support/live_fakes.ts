// Systems for a fleet that are none: their answers can be changed while they are watched.
import { emptyRecord, type PartialStats } from "../../src/abi/record.ts";
import { err, ok, type Result } from "../../src/base/result.ts";
import type { LiveSource } from "../../src/live/system/live_source.ts";
import { RELEASES } from "../../src/release/releases.ts";
import type { Answers, Source } from "../../src/source/source.ts";
import { type Fake, type FakeAnswers, fakeSource } from "./fake_source.ts";

const [RELEASE] = RELEASES;

/** Counters of a core heap of 64 KiB, and of a pool that the build does not have. */
export function fakePools(stats: PartialStats = {}): Answers["alloc"] {
  const heap = { ...emptyRecord("Heap"), allocated: 20_000, maxAllocated: 30_000, size: 65_536 };
  return { release: RELEASE, pools: [{ ...heap, ...stats }, emptyRecord()] };
}

/** One instance of a TA. */
export function fakeTa(uuid: string, stats: PartialStats = {}, panicked = 0): Answers["ta"][number] {
  const heap = { ...emptyRecord(), allocated: 340, maxAllocated: 420, size: 32_768 };
  return { uuid, panicked, sessions: 1, heap: { ...heap, ...stats } };
}

/** A system whose answers can be changed, and that can be lost. */
export interface LiveFake extends LiveSource {
  readonly answers: { -readonly [Q in keyof FakeAnswers]: FakeAnswers[Q] };
  /** Set: it is lost, until it is opened again. */
  lost: string;
  /** Set: it cannot be opened. */
  refuses: string;
  readonly opened: number;
  readonly closed: number;
  readonly asked: number;
  /** What it was asked to do beside answering. */
  readonly resets: number;
}

/** A fake with these answers. */
export function liveFake(
  name: string,
  answers: FakeAnswers,
  more: Omit<Fake, "answers" | "lost"> & Partial<Pick<Source, "client" | "console">> = {},
): LiveFake {
  const { client, console, ...fake } = more;
  const counts = { opened: 0, closed: 0, asked: 0, resets: 0 };
  const own = { ...answers };
  const self = {
    name,
    answers: own,
    lost: "",
    refuses: "",
    async open(): Promise<Result<Source>> {
      if (self.refuses !== "") return err(self.refuses);
      counts.opened++;
      self.lost = "";
      const source = fakeSource(name, {
        ...fake,
        answers: own,
        onAsk(question) {
          counts.asked++;
          fake.onAsk?.(question);
        },
        onClose: () => counts.closed++,
      });
      const { ask } = source;
      return ok({
        ...source,
        ...(client === undefined ? {} : { client }),
        ...(console === undefined ? {} : { console }),
        get lost() {
          return self.lost;
        },
        ask(question, signal, about) {
          if (about?.reset === true) counts.resets++;
          return ask(question, signal, about);
        },
      });
    },
    get opened() {
      return counts.opened;
    },
    get closed() {
      return counts.closed;
    },
    get asked() {
      return counts.asked;
    },
    get resets() {
      return counts.resets;
    },
  };
  return self;
}

/** Resolves when it holds; throws where it does not within 1,000 looks, so that a test that fails ends. */
export async function until(holds: () => boolean): Promise<void> {
  for (let looks = 0; !holds(); looks++) {
    if (looks === 20_000) throw new Error(`it never holds: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
