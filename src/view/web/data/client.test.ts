// The page's questions and the worker's answers find each other; what nobody waits for is stopped.
import { expect, test } from "vitest";
import { err, ok } from "../../../base/result.ts";
import { createAnswering, type WorkerAnswers } from "../worker/answering.ts";
import type { FromWorker, ToWorker } from "../worker/messages.ts";
import { CANCELLED, createWorkerClient } from "./client.ts";

const ASK = { file: "f", name: "f", place: { kind: "embedded", bytes: "", index: "" } } as const;

/** A client and a worker in one thread; messages come a moment later, as they do. */
function pair(open: WorkerAnswers["open"]) {
  const hearers: ((event: { readonly data: FromWorker }) => void)[] = [];
  const failures: ((event: { readonly message: string }) => void)[] = [];
  const sent: ToWorker[] = [];
  const answering = createAnswering({ open } as WorkerAnswers, (data) =>
    queueMicrotask(() => {
      for (const hear of hearers) hear({ data });
    }),
  );
  const client = createWorkerClient({
    postMessage(message) {
      sent.push(message);
      queueMicrotask(() => answering(message));
    },
    addEventListener(kind: "message" | "error", hear: never) {
      (kind === "message" ? hearers : failures).push(hear);
    },
  });
  return { client, sent, fail: (message: string) => failures.forEach((hear) => void hear({ message })) };
}

test("an answer comes to its question, with progress before it", async () => {
  const { client } = pair(async ({ file }, { progress }) => {
    progress(0.5);
    return err(`no ${file}`);
  });
  const parts: number[] = [];
  const both = [
    client.ask("open", ASK, { progress: (part) => parts.push(part) }),
    client.ask("open", { ...ASK, file: "g" }),
  ];
  expect(await Promise.all(both)).toEqual([err("no f"), err("no g")]);
  expect(parts).toEqual([0.5]);
});

test("a question that is given up is stopped in the worker", async () => {
  let stopped = false;
  const { client } = pair(
    (_, { signal }) =>
      new Promise((answer) => {
        signal.addEventListener("abort", () => {
          stopped = true;
          answer(err("too late"));
        });
      }),
  );
  const controller = new AbortController();
  const answer = client.ask("open", ASK, { signal: controller.signal });
  await Promise.resolve();
  controller.abort();
  expect(await answer).toEqual(err(CANCELLED));
  await Promise.resolve();
  expect(stopped).toBe(true);
});

test("a mistake in the worker is an error of its question alone", async () => {
  const { client } = pair(async ({ file }) => {
    if (file === "f") throw new Error("a bug");
    return ok({} as never);
  });
  const first = await client.ask("open", ASK);
  expect(first.ok ? "" : first.error).toContain("a bug");
  expect((await client.ask("open", { ...ASK, file: "g" })).ok).toBe(true);
});

test("a worker that fails answers all questions, later ones too", async () => {
  const { client, fail } = pair(() => new Promise(() => {}));
  const answer = client.ask("open", ASK);
  fail("no memory");
  for (const one of [await answer, await client.ask("open", ASK)])
    expect(one.ok ? "" : one.error).toContain("no memory");
});
