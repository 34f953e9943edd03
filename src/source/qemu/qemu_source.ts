// A machine that runs in QEMU as a source: its memory is read from outside, so it is neither stopped nor asked anything.
import { err, ok, type Result } from "../../base/result.ts";
import { unlessAborted } from "../give_up.ts";
import type { About, Answers, Question, SourceError, TracedSource } from "../source.ts";
import { allocOf, liveBlocksOf, memleakOf, memoryOf, tasOf } from "./answers.ts";
import { heapEvents } from "./heap_events.ts";
import { type Machine, openMachine } from "./machine.ts";
import { findSecureWorld, type SecureWorld } from "./secure_world.ts";

type Asks = { readonly [Q in Question]?: (world: SecureWorld, about: About) => Result<Answers[Q]> };

const ASKS = {
  alloc: allocOf,
  ta: tasOf,
  memleak: memleakOf,
  leaks: (world, { ta }) => liveBlocksOf(world, ta),
  memory: memoryOf,
} satisfies Asks;

/**
 * `where`: a process, a QMP socket, or empty for the only QEMU that runs. `clock`: milliseconds, for the times of events. The
 * error says what to do.
 */
export async function openQemu(where: string, clock: () => number): Promise<Result<TracedSource>> {
  const machine = await openMachine(where);
  if (!machine.ok) return machine;
  const world = findSecureWorld(machine.value);
  if (!world.ok) {
    machine.value.memory.close();
    return world;
  }
  return ok(sourceIn(machine.value, world.value, clock));
}

function sourceIn(machine: Machine, world: SecureWorld, clock: () => number): TracedSource {
  const asks: Asks = ASKS;
  let lost = "";
  return {
    name: `qemu:${machine.memory.pid}`,
    version: world.version,
    release: world.release,
    profile: "",
    get lost() {
      return lost;
    },
    answers: new Set(Object.keys(asks) as Question[]),
    async ask<Q extends Question>(question: Q, signal?: AbortSignal, about: About = {}) {
      const ask = asks[question];
      if (ask === undefined) return err({ text: "the memory of a machine does not tell it" });
      return unlessAborted(signal, async (): Promise<Result<Answers[Q], SourceError>> => {
        const answer = ask(world, about);
        if (!answer.ok && !world.isThere()) lost = answer.error;
        return answer.ok ? answer : err({ text: answer.error });
      });
    },
    events: () => heapEvents(world, clock),
    untold: ["alloc", "ta"],
    looks: true,
    async [Symbol.asyncDispose]() {
      machine.memory.close();
    },
  };
}
