// Checks the published vectors of ciphers and digests.
import { type CipherGCMTypes, createCipheriv, createDecipheriv } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nodeCrypto } from "../src/node/crypto.ts";
import { authenticated } from "../src/regression/authenticated.ts";
import { cipher } from "../src/regression/cipher.ts";
import { createCryptClient } from "../src/regression/crypt_client.ts";
import { type CaseContext, CheckFailed, createChecks, type RegressionCase } from "../src/regression/harness.ts";
import { CRYPT_UUID } from "../src/tee/apps/crypt/commands.ts";
import { crypt } from "../src/tee/apps/crypt/crypt.ts";
import { createClient } from "../src/tee/kernel/client.ts";
import { bootTest } from "./embedded.ts";

type Vector = Readonly<Record<"source" | "algo" | "key" | "in" | "out", string>> &
  Partial<Readonly<Record<"key2" | "iv" | "nonce" | "aad" | "tag", string>>> & { readonly split: number };

function vectorsOf(number: string): Vector[] {
  const file = new URL(`../data/vectors/regression_${number}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).cases;
}

const hex = (text = ""): Buffer => Buffer.from(text, "hex");

/** OpenSSL's name of the cipher behind an id. Its single DES is triple DES with one key. */
const NAMES: Readonly<Record<string, string>> = {
  "10": "aes-ecb",
  "110": "aes-cbc",
  "210": "aes-ctr",
  "310": "aes-cbc",
  "410": "aes-xts",
  "11": "des-ede3-ecb",
  "111": "des-ede3-cbc",
  "13": "des-ede3-ecb",
  "113": "des-ede3-cbc",
  "14": "sm4-ecb",
  "114": "sm4-cbc",
  "214": "sm4-ctr",
};

function encrypted({ algo, key, key2 = "", iv, in: data }: Vector): string {
  const id = algo.slice(4).replace(/^0+/, "");
  const name = (NAMES[id] ?? "").replace("aes", `aes-${4 * key.length}`);
  const des = name.startsWith("des");
  const whole = des ? (key.length === 16 ? key.repeat(3) : (key + key).slice(0, 48)) : key + key2;
  if (id === "410" && key === key2) return decryptable(name, whole, iv, data);
  const work = createCipheriv(name, hex(whole), iv === undefined ? null : hex(iv)).setAutoPadding(false);
  const size = data.length / 2;
  const padded = id === "310" ? Buffer.concat([hex(data)], Math.ceil(size / 16) * 16) : hex(data);
  const out = Buffer.concat([work.update(padded), work.final()]);
  return (id === "310" ? stolen(out, size) : out).toString("hex");
}

/** CBC with the last two blocks exchanged, and what is too much of the one cut off. */
function stolen(out: Buffer, size: number): Buffer {
  const last = out.length - 16;
  return Buffer.concat([out.subarray(0, last - 16), out.subarray(last), out.subarray(last - 16, last)]).subarray(
    0,
    size,
  );
}

/** OpenSSL refuses to encrypt where both keys are the same, but decrypts: the vector itself if that gives the data. */
function decryptable(name: string, key: string, iv: string | undefined, data: string): string {
  const out = vectorsOf("4003").find((one) => one.key + one.key2 === key && one.in === data)?.out;
  const work = createDecipheriv(name, hex(key), hex(iv));
  return Buffer.concat([work.update(hex(out)), work.final()]).toString("hex") === data ? (out ?? "") : "";
}

function sealed({ algo, key, nonce, aad, tag = "", in: data }: Vector): string {
  const mode = algo === "0x40000710" ? "ccm" : "gcm";
  const name = `aes-${4 * key.length}-${mode}` as CipherGCMTypes;
  const work = createCipheriv(name, hex(key), hex(nonce), { authTagLength: tag.length / 2 });
  work.setAAD(hex(aad), { plaintextLength: data.length / 2 });
  return Buffer.concat([work.update(hex(data)), work.final(), work.getAuthTag()]).toString("hex");
}

describe("vectors", () => {
  it.each(vectorsOf("4003"))("OpenSSL agrees with $source ($algo)", (vector) => {
    expect(encrypted(vector)).toBe(vector.out);
    expect(vector.split).toBeGreaterThan(0);
    expect(vector.split).toBeLessThan(vector.in.length / 2);
  });

  it.each(vectorsOf("4005"))("OpenSSL agrees with $source", (vector) => {
    expect(sealed(vector)).toBe(vector.out + vector.tag);
  });
});

/** Runs vectors, and returns how many sub cases failed. */
async function failures(one: RegressionCase, cases: readonly unknown[]): Promise<number> {
  const client = createClient(bootTest("", undefined, [crypt], { crypto: nodeCrypto() }).core);
  const { session } = await client.open(CRYPT_UUID);
  const api = createCryptClient(client, session);
  let failed = 0;
  const subCase = (_: string, work: () => Promise<void>): Promise<void> =>
    work().catch((error) => {
      expect(error).toBeInstanceOf(CheckFailed);
      failed++;
    });
  const context: CaseContext = { client, crypt: async () => api, subCase, ...createChecks(() => {}) };
  await one.run(context, { cases });
  return failed;
}

/** The same bytes but for one bit, which is no parity bit of DES. */
function spoiled(text: string): string {
  return text.slice(0, -1) + (Number.parseInt(text.slice(-1), 16) ^ 2).toString(16);
}

describe("a case", () => {
  it.each([
    ["4003", cipher, "out"],
    ["4003", cipher, "key"],
    ["4005", authenticated, "out"],
    ["4005", authenticated, "tag"],
    ["4005", authenticated, "aad"],
  ] as const)("%s finds one wrong bit", async (number, one, what) => {
    const vectors = vectorsOf(number).filter((vector) => (vector[what] ?? "") !== "");
    expect(await failures(one, vectors)).toBe(0);
    const wrong = vectors.map((vector) => ({ ...vector, [what]: spoiled(vector[what] ?? "") }));
    expect(await failures(one, wrong)).toBe(2 * wrong.length);
  });
});
