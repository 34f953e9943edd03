// Runs test case 4006 with wrong results, too.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkContext } from "../src/malloc/check.ts";
import { nodeCrypto } from "../src/node/crypto.ts";
import { asymmetric } from "../src/regression/asymmetric.ts";
import type { AsymmetricFile, AsymmetricVector } from "../src/regression/asymmetric_vectors.ts";
import { createCryptClient } from "../src/regression/crypt_client.ts";
import { type CaseContext, CheckFailed, createChecks } from "../src/regression/harness.ts";
import { CRYPT_UUID } from "../src/tee/apps/crypt/commands.ts";
import { crypt } from "../src/tee/apps/crypt/crypt.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { bootTest } from "./embedded.ts";

const file = new URL("../data/vectors/regression_4006.json", import.meta.url);
const { keys, cases }: AsymmetricFile = JSON.parse(readFileSync(file, "utf8"));

/** Runs the test case with other vectors; what its sub cases found, by their number. */
async function failures(vectors: readonly AsymmetricVector[]): Promise<{ failed: string[]; left: number }> {
  const { core } = bootTest("", undefined, [crypt], { crypto: nodeCrypto() });
  const before = core.heap.heap.allocated;
  const client = createClient(core);
  const { session } = await client.open(CRYPT_UUID);
  const failed: string[] = [];
  let last = "";
  const context: CaseContext = {
    client,
    crypt: async () => createCryptClient(client, session),
    async subCase(title, work) {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof CheckFailed)) throw error;
        failed.push(`${title.split(" ")[3]}: ${last}`);
      }
    },
    ...createChecks((_, what) => {
      last = what;
    }),
  };
  await asymmetric.run(context, { keys, cases: vectors });
  await client.end();
  expect(checkContext(core.heap)).toEqual([]);
  return { failed, left: core.heap.heap.allocated - before };
}

/** Other digits at the end. */
const spoilt = (text = ""): string => text.slice(0, -2) + (text.endsWith("00") ? "01" : "00");

describe("test case 4006", () => {
  it("tells which sub cases have a wrong result, goes on, and leaves nothing in the core's heap", async () => {
    const wrong: Readonly<Record<number, Partial<AsymmetricVector>>> = {
      0: { cipher: spoilt(cases[0]?.cipher) },
      1: { plain: spoilt(cases[1]?.plain) },
      8: { signature: spoilt(cases[8]?.signature) },
      9: { signature: spoilt(cases[9]?.signature) },
      10: { key: "nobody" },
    };
    const vectors = cases.slice(0, 12).map((one, n) => ({ ...one, ...wrong[n] }));
    expect(await failures(vectors)).toEqual({
      failed: [
        "0: the ciphertext",
        "1: the decrypted",
        "8: the signature",
        "9: asymmetricVerifyDigest",
        "20: there is a key nobody",
      ],
      left: 0,
    });
  });

  it.each(cases.filter(({ call }) => call === "verify").map((one) => [`case ${one.case}`, one] as const))(
    "%s is refused with another message",
    async (_, one) => {
      expect((await failures([{ ...one, message: `${one.message}00` }])).failed).toEqual([
        `${one.case}: asymmetricVerifyDigest`,
      ]);
    },
  );
});
