// Compares both heaps with the recorded series of crypto tests.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkContext } from "../src/malloc/check.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { asymmetric } from "../src/regression/asymmetric.ts";
import { authenticated } from "../src/regression/authenticated.ts";
import { cipher } from "../src/regression/cipher.ts";
import { createCryptClient } from "../src/regression/crypt_client.ts";
import { type CaseContext, createChecks, type RegressionCase } from "../src/regression/harness.ts";
import { hash } from "../src/regression/hash.ts";
import { mac } from "../src/regression/mac.ts";
import { randomCase } from "../src/regression/random.ts";
import { CRYPT_UUID } from "../src/tee/apps/crypt/commands.ts";
import { crypt } from "../src/tee/apps/crypt/crypt.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { bootTest } from "./embedded.ts";
import {
  difference,
  fromFirstCommand,
  type HeapRow,
  noteRows,
  RECORDED_CRYPT,
  recordedRows,
} from "./support/heap_series.ts";
import { onePageEach } from "./support/one_page.ts";

/** Runs a case, and notes what happens on both heaps from its session's opening to its end. */
async function play(one: RegressionCase): Promise<{ rows: HeapRow[]; before: number; after: number; checks: number }> {
  const { core } = bootTest("", undefined, [crypt], { crypto: nodeCrypto() });
  const before = core.heap.heap.allocated;
  const rows = noteRows(core);
  const client = createClient(core);
  const { session } = await client.open(CRYPT_UUID);
  let checks = 0;
  const done = (failure: string): void => {
    expect(failure).toBe("");
    checks++;
  };
  const api = createCryptClient(client, session);
  const context: CaseContext = { client, crypt: async () => api, subCase: (_, work) => work(), ...createChecks(done) };
  const vectors = new URL(`../data/vectors/regression_${one.number}.json`, import.meta.url);
  await one.run(context, one.vectors ? JSON.parse(readFileSync(vectors, "utf8")) : undefined);
  await client.end();
  expect(checkContext(core.heap)).toEqual([]);
  return { rows, before, after: core.heap.heap.allocated, checks };
}

/**
 * Cases, and the rows of both heaps from the first command on: none is left out. 4006's rows are told as if small buffers
 * never lay across two pages of the client's memory; the last number counts those that did.
 */
const CASES = [
  ["4001", 3705, hash, 0],
  ["4002", 45178, mac, 0],
  ["4003", 21342, cipher, 0],
  ["4004", 92, randomCase, 0],
  ["4005", 11238, authenticated, 0],
  ["4006", 18398, asymmetric, 26],
] as const;

describe.each(CASES)("%s", (number, count, one, across) => {
  it("does on both heaps what the recorded one did: order, sizes, places, blocks, growth, addresses of the TA's", async () => {
    const { rows, before, after, checks } = await play(one);
    const recorded = recordedRows(`regression-${number}`, RECORDED_CRYPT);
    const told = across === 0 ? { rows: recorded, across } : onePageEach(recorded);
    const expected = fromFirstCommand(told.rows);
    expect(told.across).toBe(across);
    expect(expected).toHaveLength(count);
    expect(difference(fromFirstCommand(rows), expected)).toBeNull();
    expect(checks).toBeGreaterThan(count / 20);
    expect(after).toBe(before);
  });
});

it("tells where two series part", () => {
  expect(difference(["a", "b"], ["a", "b"])).toBeNull();
  expect(difference(["a", "b"], ["a", "c"])).toEqual({ got: ["a", "b"], expected: ["a", "c"] });
  expect(difference(["a"], ["a", "b"])).toEqual({ got: ["a"], expected: ["a", "b"] });
});
