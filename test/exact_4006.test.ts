// What a real OP-TEE 4.0.0 told right after each call of xtest 4006, and the embedded system after the same call.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { loadVectors } from "../src/cli/inputs/vectors.ts";
import { getStats } from "../src/malloc/stats.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { CASES } from "../src/regression/cases.ts";
import { runCases } from "../src/regression/run.ts";
import { BUNDLED } from "../src/tee/apps/bundled.ts";
import { CRYPT_UUID } from "../src/tee/apps/crypt/commands.ts";
import { type Client, createClient } from "../src/tee/kernel/client.ts";
import { bootTest } from "./embedded.ts";

/** A call and the TA's heap right after it; null where the TA had ended. */
type Told = readonly [call: string, allocated: number | null, max: number | null];

/** Lines of the prototype of the library: `… what session command result heap … ta UUID ALLOCATED MAX SIZE … cost …`. */
function captured(): Told[] {
  const file = new URL("fixtures/moments/4.0.0-4006.out.gz", import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().split("\n");
  return lines.flatMap((line): Told[] => {
    const [mark, , , what = "", , command = ""] = line.split(" ");
    if (mark !== "@@") return [];
    const [, allocated, max] = / ta a05b3ecb (\d+) (\d+) \d+/.exec(line) ?? [];
    const name = what === "invoke" ? `invoke ${Number.parseInt(command, 16)}` : what;
    return [[name, allocated === undefined ? null : Number(allocated), max === undefined ? null : Number(max)]];
  });
}

async function embedded(): Promise<Told[]> {
  const { core } = bootTest("CFG_TEE_CORE_MALLOC_DEBUG=y CFG_TEE_TA_MALLOC_DEBUG=y", undefined, BUNDLED, {
    crypto: nodeCrypto(),
  });
  const told: Told[] = [];
  const noting = async <T>(name: string, call: Promise<T>): Promise<T> => {
    const outcome = await call;
    const instance = core.instances.find(({ app }) => app.uuid === CRYPT_UUID);
    const stats = instance === undefined ? null : getStats(instance.heap);
    told.push([name, stats?.allocated ?? null, stats?.maxAllocated ?? null]);
    return outcome;
  };
  const plain = createClient(core);
  const client: Client = {
    ...plain,
    open: (uuid, params, signal) => noting("open", plain.open(uuid, params, signal)),
    invoke: (session, command, params, signal) =>
      noting(`invoke ${command}`, plain.invoke(session, command, params, signal)),
    close: (session) => noting("close", plain.close(session)),
  };
  await runCases({
    client,
    selection: { suite: "regression", wanted: ["4006"], excluded: [], level: 0 },
    chosen: CASES.filter(({ number }) => number === "4006"),
    skipped: CASES.length - 1,
    vectors: loadVectors,
    print: async () => {},
  });
  return told;
}

it("every exact sample of a board is what the embedded system says for the same call", async () => {
  const board = captured();
  const own = await embedded();
  expect(board.filter(([, allocated]) => allocated !== null).length).toBe(984);
  // The embedded TA numbers its commands in its own way: each stands for one of the board's.
  const names = new Map(board.map(([name], n) => [name, own[n]?.[0]]));
  expect(new Set(names.values()).size).toBe(names.size);
  expect(own).toEqual(board.map(([name, ...bytes]) => [names.get(name), ...bytes]));
}, 120_000);
