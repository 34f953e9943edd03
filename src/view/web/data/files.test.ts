// The list of recordings: opened once, read on where they grow, and as they were where that fails.
import { expect, test } from "vitest";
import { err, ok, type Result } from "../../../base/result.ts";
import type { FileFacts } from "../worker/questions.ts";
import type { WorkerClient } from "./client.ts";
import { createFiles } from "./files.ts";
import { droppedFiles, embeddedFiles, servedFiles } from "./new_files.ts";

const FACTS = { to: 1 } as FileFacts;

function open(answers: Result<FileFacts>[]) {
  let asked = 0;
  const client = { ask: async () => answers[asked++] } as unknown as WorkerClient;
  return { files: createFiles(client), asked: () => asked };
}
const served = (size: number) =>
  servedFiles([{ id: "a/b", name: "run.arrows", size, growing: true }], "http://host/lab/");
const settled = () => new Promise((resolve) => setTimeout(resolve));

test("addresses stay below the page's own", () => {
  expect(served(1)[0]?.place).toEqual({
    kind: "address",
    address: "http://host/lab/api/files/a%2Fb/bytes",
    index: "http://host/lab/api/files/a%2Fb/index",
    size: 1,
  });
});

test("a file is opened once, and read on when it has grown", async () => {
  const { files, asked } = open([ok(FACTS), ok({ ...FACTS, to: 2 }), err("the server is gone")]);
  files.add(served(10));
  files.open("a/b");
  files.open("a/b");
  await settled();
  files.open("a/b");
  files.add(served(10));
  expect(asked()).toBe(1);
  files.add(served(20));
  await settled();
  const state = () => files.list.value[0]?.opening;
  expect(state()).toEqual({ state: "open", facts: { to: 2 } });
  files.add(served(30));
  await settled();
  expect([asked(), state()]).toEqual([3, { state: "open", facts: { to: 2 } }]);
});

test("what failed may be tried again", async () => {
  const { files } = open([err("no"), ok(FACTS)]);
  files.add(embeddedFiles([{ name: "x", bytes: "" }]));
  files.open("here-1");
  await settled();
  expect(files.list.value[0]?.opening).toEqual({ state: "failed", error: "no" });
  files.open("here-1");
  await settled();
  expect(files.list.value[0]?.opening.state).toBe("open");
});

test("a dropped file has its name as id, so that a link finds it again", () => {
  expect(droppedFiles([new File(["abc"], "mine.arrows")])).toMatchObject([{ id: "dropped-mine.arrows", size: 3 }]);
});
