// Tests of follow_file.ts: files that grow, are truncated, moved away, and are not there.
import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { followFile } from "./follow_file.ts";
import { feedOf } from "./read_feed.ts";

const folder = mkdtempSync(join(tmpdir(), "teemem-follow-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** A file that is followed, and what was heard of it. */
function followed(content: string) {
  const path = join(folder, `sec-${files++}.log`);
  writeFileSync(path, content);
  const opened = followFile(path, 1);
  if (!opened.ok) throw new Error(opened.error);
  const feed = feedOf(`file:${path}`, opened.value);
  const heard = { text: "" };
  feed.listen((bytes) => {
    heard.text += Buffer.from(bytes).toString("latin1");
  });
  const until = async (text: string): Promise<void> => {
    while (heard.text !== text) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { path, feed, heard, until };
}

it("gives what is appended, from the end that the file has at the start, in any portions", async () => {
  const { path, feed, heard, until } = followed("old\n");
  for (const byte of "E/TC: a\r\n\xff") appendFileSync(path, byte, "latin1");
  await until("E/TC: a\r\n\xff");
  appendFileSync(path, "x".repeat(200_000));
  await until(`E/TC: a\r\n\xff${"x".repeat(200_000)}`);
  appendFileSync(path, "the last");
  await feed[Symbol.asyncDispose]();
  expect(heard.text.endsWith("xthe last")).toBe(true);
  expect(feed.ended).toBe("");
});

it("begins anew where the file is truncated", async () => {
  const { path, feed, heard, until } = followed("a board was on for a long time\n");
  truncateSync(path);
  writeFileSync(path, "booted\n");
  await until("booted\n");
  appendFileSync(path, "more\n");
  await until("booted\nmore\n");
  await feed[Symbol.asyncDispose]();
  expect(heard.text).toBe("booted\nmore\n");
});

it("reads a file to its end that is moved away, and then the one that takes its place, also where that comes later", async () => {
  const { path, feed, until } = followed("");
  appendFileSync(path, "one\n");
  renameSync(path, `${path}.1`);
  appendFileSync(`${path}.1`, "two\n");
  await until("one\ntwo\n");
  writeFileSync(path, "three\n");
  await until("one\ntwo\nthree\n");
  unlinkSync(path);
  writeFileSync(path, "four\n");
  await until("one\ntwo\nthree\nfour\n");
  await feed[Symbol.asyncDispose]();
});

it("says what it cannot follow", () => {
  const said = (path: string): string => {
    const opened = followFile(path);
    return opened.ok ? "" : opened.error;
  };
  expect(said(join(folder, "none.log"))).toMatch(/^cannot read .*none\.log: there is no such file$/);
  expect(said(folder)).toContain("is no regular file");
  expect(said("/dev/null")).toContain("serial:PATH");
});
