// Authenticated encryption: GCM (NIST SP 800-38D) and CCM (SP 800-38C).

import type { BlockCipher } from "../../kernel/host/provider.ts";
import { concat } from "../numbers/bytes.ts";
import { type Ghash, ghash } from "./ghash.ts";
import { chained, type Mac } from "./mac.ts";
import { ctr, increment, type Stream } from "./stream.ts";

/** Authenticated encryption in the middle of its data. */
export interface Ae {
  /** Only before the first `update`. false if it is more than was announced. */
  aad(data: Uint8Array): boolean;
  /** null if it is more than was announced. */
  update(data: Uint8Array): Uint8Array | null;
  /** The tag, in full length; ends it. null if there was less data than announced. */
  tag(): Uint8Array | null;
  copy(): Ae;
}

interface GcmState {
  readonly decrypt: boolean;
  readonly stream: Stream;
  readonly sum: Ghash;
  readonly mask: Uint8Array;
  aad: number;
  data: number;
  /** What does not fill a block of the sum. */
  rest: Uint8Array;
}

export function gcm(cipher: BlockCipher, decrypt: boolean, nonce: Uint8Array): Ae {
  const sum = ghash(cipher.encrypt(new Uint8Array(16)));
  const start = firstCounter(sum.copy(), nonce);
  const mask = cipher.encrypt(start);
  const counter = start.slice();
  increment(counter, 12);
  return ofGcm({ decrypt, stream: gctr(cipher, counter), sum, mask, aad: 0, data: 0, rest: new Uint8Array() });
}

function ofGcm(state: GcmState): Ae {
  const add = (data: Uint8Array): void => {
    const all = concat(state.rest, data);
    const whole = all.length - (all.length % 16);
    state.sum.update(all.subarray(0, whole));
    state.rest = all.slice(whole);
  };
  const close = (): void => {
    state.sum.update(state.rest);
    state.rest = new Uint8Array();
  };
  return {
    aad(data) {
      state.aad += data.length;
      add(data);
      return true;
    },
    update(data) {
      if (state.data === 0) close();
      state.data += data.length;
      const out = state.stream.update(data);
      add(state.decrypt ? data : out);
      return out;
    },
    tag() {
      close();
      state.sum.update(lengths(state.aad, state.data));
      return state.sum.value().map((byte, i) => byte ^ (state.mask[i] ?? 0));
    },
    copy: () => ofGcm({ ...state, stream: state.stream.copy(), sum: state.sum.copy() }),
  };
}

function firstCounter(sum: Ghash, nonce: Uint8Array): Uint8Array {
  if (nonce.length === 12) return concat(nonce, Uint8Array.of(0, 0, 0, 1));
  sum.update(nonce);
  sum.update(lengths(0, nonce.length));
  return sum.value();
}

/** Two lengths in bytes as a block of two numbers of bits. */
function lengths(a: number, b: number): Uint8Array {
  const block = new Uint8Array(16);
  const view = new DataView(block.buffer);
  view.setBigUint64(0, BigInt(a) * 8n);
  view.setBigUint64(8, BigInt(b) * 8n);
  return block;
}

/** A counter of which only the last 32 bits count. */
function gctr(cipher: BlockCipher, start: Uint8Array): Stream {
  const until = 2 ** 32 - new DataView(start.buffer, start.byteOffset).getUint32(12);
  const wrapped = concat(start.subarray(0, 12), new Uint8Array(4));
  return wrapping(ctr(cipher, start), until * 16, () => ctr(cipher, wrapped));
}

function wrapping(stream: Stream, left: number, next: () => Stream): Stream {
  let [now, room] = [stream, left];
  const update = (data: Uint8Array): Uint8Array => {
    if (data.length < room) {
      room -= data.length;
      return now.update(data);
    }
    const first = now.update(data.subarray(0, room));
    const rest = data.subarray(room);
    [now, room] = [next(), Number.MAX_SAFE_INTEGER];
    return concat(first, update(rest));
  };
  return { update, finish: update, copy: () => wrapping(now.copy(), room, next) };
}

interface CcmState {
  readonly decrypt: boolean;
  readonly stream: Stream;
  readonly mac: Mac;
  readonly mask: Uint8Array;
  readonly dataSize: number;
  aadLeft: number;
  dataLeft: number;
  /** Bytes in the code so far. */
  coded: number;
}

/** All lengths in bytes. */
export function ccm(
  cipher: BlockCipher,
  decrypt: boolean,
  nonce: Uint8Array,
  tagSize: number,
  aadSize: number,
  dataSize: number,
): Ae {
  const q = 15 - nonce.length;
  const counter = concat(Uint8Array.of(q - 1), nonce, new Uint8Array(q));
  const mask = cipher.encrypt(counter);
  increment(counter);
  const flags = (aadSize > 0 ? 0x40 : 0) | (((tagSize - 2) / 2) << 3) | (q - 1);
  const size = new Uint8Array(q);
  for (let i = q - 1, left = dataSize; i >= 0; i--, left = Math.floor(left / 256)) size[i] = left % 256;
  const prefix = concat(Uint8Array.of(flags), nonce, size, aadPrefix(aadSize));
  const mac = chained(cipher, "nopad");
  mac.update(prefix);
  return ofCcm({
    decrypt,
    stream: ctr(cipher, counter),
    mac,
    mask,
    dataSize,
    aadLeft: aadSize,
    dataLeft: dataSize,
    coded: prefix.length,
  });
}

function ofCcm(state: CcmState): Ae {
  const add = (data: Uint8Array): void => {
    state.mac.update(data);
    state.coded += data.length;
  };
  const fill = (): void => add(new Uint8Array((16 - (state.coded % 16)) % 16));
  return {
    aad(data) {
      if (data.length > state.aadLeft) return false;
      state.aadLeft -= data.length;
      add(data);
      return true;
    },
    update(data) {
      if (data.length > state.dataLeft || state.aadLeft > 0) return null;
      if (state.dataLeft === state.dataSize) fill();
      state.dataLeft -= data.length;
      const out = state.stream.update(data);
      add(state.decrypt ? out : data);
      return out;
    },
    tag() {
      if (state.dataLeft > 0 || state.aadLeft > 0) return null;
      fill();
      return (state.mac.final() ?? state.mask).map((byte, i) => byte ^ (state.mask[i] ?? 0));
    },
    copy: () => ofCcm({ ...state, stream: state.stream.copy(), mac: state.mac.copy() }),
  };
}

function aadPrefix(size: number): Uint8Array {
  if (size === 0) return new Uint8Array();
  if (size < 0xff00) return Uint8Array.of(size >>> 8, size & 255);
  return Uint8Array.of(0xff, 0xfe, size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255);
}
