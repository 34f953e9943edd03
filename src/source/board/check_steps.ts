// The check list of a board: each step is a row, and needs one before it.
import { BOARD_STEPS } from "./board_steps.ts";
import type { CheckStep } from "./check_step.ts";
import { CONSOLE_STEPS } from "./console_steps.ts";
import { XTEST_STEPS } from "./xtest_steps.ts";

/** In the order in which they are tried. */
export const CHECK_STEPS: readonly CheckStep[] = [...BOARD_STEPS, ...XTEST_STEPS, ...CONSOLE_STEPS];
