// Test case 4006: asymmetric encryption and signatures.
import type { Attribute } from "../tee/svc/crypto/attribute.ts";
import { ATTR, MODE } from "../tee/svc/crypto/ids.ts";
import { type Half, makeKey, ROOM, withoutZeros } from "./asymmetric_keys.ts";
import type { AsymmetricFile, AsymmetricVector, Key } from "./asymmetric_vectors.ts";
import type { CryptClient, CryptOutput } from "./crypt_client.ts";
import type { CaseContext, RegressionCase } from "./harness.ts";
import { fromHex } from "./vectors.ts";

/** A sub case at work. Handles are 0 once their object is gone. */
interface Running {
  readonly context: CaseContext;
  readonly crypt: CryptClient;
  readonly vector: AsymmetricVector;
  readonly key: Key;
  readonly handles: { public: number; pair: number };
}

type KeyHalf = keyof Running["handles"];

/** 4006: encryption and signatures with key pairs give what was published, and what they give can be undone and verified. */
export const asymmetric: RegressionCase = {
  number: "4006",
  title: "Test TEE Internal API Asymmetric Cipher operations",
  vectors: true,
  async run(context, vectors) {
    const { cases, keys } = vectors as AsymmetricFile;
    const crypt = await context.crypt();
    for (const vector of cases) {
      await context.subCase(`Asym Crypto case ${vector.case} algo ${vector.algo} line ${vector.line}`, async () => {
        const key = keys[vector.key];
        context.holds(`there is a key ${vector.key}`, key !== undefined);
        if (key) await runCase({ context, crypt, vector, key, handles: { public: 0, pair: 0 } });
      });
    }
  },
};

async function runCase(running: Running): Promise<void> {
  const { context, crypt, vector, key, handles } = running;
  // SM2 is asked for first: the recorded run has a call without heap operations there, before these sub cases alone.
  if (key.type.startsWith("sm2")) {
    context.code("isAlgorithmSupported", await crypt.isAlgorithmSupported(Number(vector.algo)));
  }
  const digest = vector.digest === undefined ? new Uint8Array() : await digestOf(running, Number(vector.digest));
  const pair: Half = vector.crt ? "crt" : "pair";
  handles.public = await makeKey(context, crypt, key, "public");
  handles.pair = await makeKey(context, crypt, key, pair);
  await CALLS[vector.call](running, digest);
  context.code("freeTransientObject", await crypt.freeTransientObject(handles.public));
  context.code("freeTransientObject", await crypt.freeTransientObject(handles.pair));
}

const CALLS: Readonly<Record<AsymmetricVector["call"], (running: Running, digest: Uint8Array) => Promise<void>>> = {
  async encrypt(running) {
    const { context, crypt, vector } = running;
    const data = fromHex(vector.plain ?? "");
    const label: Attribute = { kind: "ref", id: ATTR.RSA_OAEP_LABEL, data: fromHex(vector.label ?? "") };
    const attributes = vector.label === undefined ? [] : [label];
    const { data: made } = await withOperation(running, "public", MODE.ENCRYPT, "asymmetricEncrypt", (operation) =>
      crypt.asymmetricEncrypt(operation, attributes, data, ROOM),
    );
    if (vector.exact) context.bytes("the ciphertext", made, fromHex(vector.cipher ?? ""));
    await decrypt(running, made);
  },
  decrypt: (running) => decrypt(running, fromHex(running.vector.cipher ?? "")),
  async sign(running, digest) {
    const { context, crypt, vector } = running;
    const { data: made } = await withOperation(running, "pair", MODE.SIGN, "asymmetricSignDigest", (operation) =>
      crypt.asymmetricSignDigest(operation, saltOf(vector), digest, ROOM),
    );
    if (vector.exact) context.bytes("the signature", made, fromHex(vector.signature ?? ""));
    else await verify(running, digest, made);
  },
  verify: (running, digest) => verify(running, digest, fromHex(running.vector.signature ?? "")),
};

async function decrypt(running: Running, data: Uint8Array): Promise<void> {
  const { context, crypt, vector } = running;
  const opened = await withOperation(running, "pair", MODE.DECRYPT, "asymmetricDecrypt", (operation) =>
    crypt.asymmetricDecrypt(operation, [], data, ROOM),
  );
  // Without padding a number comes back, and zeros before it are lost.
  context.bytes("the decrypted", withoutZeros(opened.data), withoutZeros(fromHex(vector.plain ?? "")));
}

async function verify(running: Running, digest: Uint8Array, signature: Uint8Array): Promise<void> {
  const { crypt, vector } = running;
  await withOperation(running, "public", MODE.VERIFY, "asymmetricVerifyDigest", async (operation) => ({
    code: await crypt.asymmetricVerifyDigest(operation, saltOf(vector), digest, signature),
  }));
}

/** Works with an operation that has a copy of the key; the object goes as soon as it is copied. */
async function withOperation<T extends Pick<CryptOutput, "code">>(
  { context, crypt, vector, key, handles }: Running,
  half: KeyHalf,
  mode: number,
  what: string,
  work: (operation: number) => Promise<T>,
): Promise<T> {
  const { code, handle } = await crypt.allocateOperation(Number(vector.algo), mode, key.bits);
  context.code("allocateOperation", code);
  context.code("setOperationKey", await crypt.setOperationKey(handle, handles[half]));
  context.code("freeTransientObject", await crypt.freeTransientObject(handles[half]));
  handles[half] = 0;
  const result = await work(handle);
  context.code(what, result.code);
  context.code("freeOperation", await crypt.freeOperation(handle));
  return result;
}

async function digestOf({ context, crypt, vector }: Running, algorithm: number): Promise<Uint8Array> {
  const { code, handle } = await crypt.allocateOperation(algorithm, MODE.DIGEST, 0);
  context.code("allocateOperation", code);
  const { code: made, data } = await crypt.digestDoFinal(handle, fromHex(vector.message ?? ""), 64);
  context.code("digestDoFinal", made);
  context.code("freeOperation", await crypt.freeOperation(handle));
  return data;
}

/** PSS's attribute, where it is given. */
function saltOf({ salt }: AsymmetricVector): readonly Attribute[] {
  return salt === undefined ? [] : [{ kind: "value", id: ATTR.RSA_PSS_SALT_LENGTH, a: salt, b: 0 }];
}
