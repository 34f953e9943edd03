// Goes through the check list of a board: what is there, what is missing, what could not be tried.
import type { CheckStep, Examined, StepState } from "./check_step.ts";
import { CHECK_STEPS } from "./check_steps.ts";

/** A step that was done, or that could not be tried. */
export interface CheckedStep {
  readonly name: string;
  readonly state: StepState | "skipped";
  /** What is there; or what is missing, and what to do. */
  readonly text: string;
}

/**
 * Each step as soon as it is done. One whose forerunner failed is not tried. `found` collects what later steps and others need;
 * its shell stays open.
 */
export async function* checkup(
  found: Examined,
  signal?: AbortSignal,
  steps: readonly CheckStep[] = CHECK_STEPS,
): AsyncGenerator<CheckedStep> {
  /** What keeps a step from being tried, by the step that failed: the name of the first failure. */
  const broken = new Map<string, string>();
  for (const step of steps) {
    const cause = signal?.aborted === true ? "it was given up" : broken.get(step.after);
    if (cause !== undefined) {
      broken.set(step.name, cause);
      yield { name: step.name, state: "skipped", text: `not tried, because ${cause}` };
      continue;
    }
    const { state, text } = await step.run(found, signal);
    if (state === "failed") broken.set(step.name, `"${step.name}" failed`);
    yield { name: step.name, state, text };
  }
}
