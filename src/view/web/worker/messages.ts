// What the page and its worker send each other: questions with a number, and answers with the same.
import type { Result } from "../../../base/result.ts";
import type { Questions } from "./questions.ts";

export type Kind = keyof Questions;

/** From the page: a question, or that nobody waits for its answer any more. */
export type ToWorker =
  | { readonly id: number; readonly kind: Kind; readonly ask: Questions[Kind]["ask"] }
  | { readonly id: number; readonly kind: "cancel" };

/** From the worker: how far it is, from 0 to 1, or the answer. A cancelled question has none. */
export type FromWorker =
  | { readonly id: number; readonly part: number }
  | { readonly id: number; readonly result: Result<unknown> };
