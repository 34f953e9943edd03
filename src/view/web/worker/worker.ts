// The worker of the page: reads recordings and computes, so that the page never waits.
import { openIndexed } from "../../../recording/indexed/open_indexed.ts";
import { createAnswering } from "./answering.ts";
import { createAnswers } from "./answers.ts";
import type { FromWorker, ToWorker } from "./messages.ts";
import { createRecordings } from "./recordings.ts";

/** What a worker has of its global object. */
interface WorkerSide {
  postMessage(message: FromWorker): void;
  addEventListener(kind: "message", hear: (event: { readonly data: ToWorker }) => void): void;
}

const side = globalThis as unknown as WorkerSide;
const answer = createAnswering(createAnswers(createRecordings(openIndexed)), (message) => side.postMessage(message));
side.addEventListener("message", ({ data }) => answer(data));
