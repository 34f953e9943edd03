// What the floors above the kernel keep: state of a system or of an instance, which the kernel holds and does not know.
import type { Core } from "./core.ts";
import type { TaInstance } from "./ta_instance.ts";

/** A part of the system above the kernel that keeps state. It is made when it is asked for first. */
export interface Subsystem<S extends object> {
  create(): S;
  /** An instance is about to go: gives back what it holds on the core heap. */
  release?(core: Core, instance: TaInstance): void;
}

/** The state of a subsystem in a system or an instance. */
export function stateOf<S extends object>(holder: Pick<TaInstance, "states">, subsystem: Subsystem<S>): S {
  const known = holder.states.get(subsystem) as S | undefined;
  if (known !== undefined) return known;
  const made = subsystem.create();
  holder.states.set(subsystem, made);
  return made;
}

/** Lets all subsystems release what an instance holds: first those of the system, then the instance's own. */
export function releaseAll(core: Core, instance: TaInstance): void {
  for (const { states } of [core, instance])
    for (const subsystem of states.keys()) (subsystem as Subsystem<object>).release?.(core, instance);
  instance.states.clear();
}
