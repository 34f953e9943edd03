// Big numbers: TEE Internal Core API 1.3.1, chapter 8. What the API forbids panics.
import { TEE } from "../../abi/errors.ts";
import { bitLength, toBytes, toNumber } from "../../tee/svc/numbers/bytes.ts";
import { extendedGcd, inverse, mod, powerModulo } from "../../tee/svc/numbers/modular.ts";
import { raisePanic } from "../../tee/utee/library_env.ts";
import type { HostCall, HostCalls } from "../calls/call_env.ts";
import { initNumber, numberAt, putNumber, tryPutNumber } from "./big_number.ts";
import type { OwnEnv } from "./own_env.ts";
import { divided, isProbablePrime } from "./whole_numbers.ts";

type Work = (...numbers: bigint[]) => bigint;

export function arithmeticImports(env: OwnEnv): HostCalls {
  return { ...numberImports(env), ...conversionImports(env), ...bitImports(env), ...resultImports(env) };
}

function resultImports({ memory }: OwnEnv): HostCalls {
  const at = (pointer = 0): bigint => numberAt(memory, pointer);
  /** A call with where the result goes first, then the numbers. */
  const call =
    (work: Work): HostCall =>
    (to = 0, ...from) =>
      putNumber(memory, to, work(...from.map(at)));
  /** The same for residues: the last number is the modulus, 2 or more. */
  const residue = (work: Work): HostCall =>
    call((...numbers) => {
      const n = numbers.at(-1) ?? 0n;
      return n < 2n ? raisePanic("a modulus below 2") : mod(work(...numbers), n);
    });
  const rest = residue((a = 0n) => a);
  const product = residue((a = 0n, b = 0n) => a * b);
  return {
    TEE_BigIntAdd: call((a = 0n, b = 0n) => a + b),
    TEE_BigIntSub: call((a = 0n, b = 0n) => a - b),
    TEE_BigIntNeg: call((a = 0n) => -a),
    TEE_BigIntMul: call((a = 0n, b = 0n) => a * b),
    TEE_BigIntSquare: call((a = 0n) => a * a),
    TEE_BigIntMod: rest,
    TEE_BigIntAddMod: residue((a = 0n, b = 0n) => a + b),
    TEE_BigIntSubMod: residue((a = 0n, b = 0n) => a - b),
    TEE_BigIntMulMod: product,
    TEE_BigIntSquareMod: residue((a = 0n) => a * a),
    TEE_BigIntInvMod: residue((a = 0n, n = 0n) => inverse(a, n) ?? raisePanic("the number has no inverse")),
    TEE_BigIntExpMod(to = 0, base = 0, exponent = 0, modulus = 0) {
      const [e, n] = [at(exponent), at(modulus)];
      if (n <= 2n || n % 2n === 0n) return TEE.NOT_SUPPORTED;
      putNumber(memory, to, powerModulo(at(base), e < 0n ? raisePanic("a negative exponent") : e, n));
      return TEE.SUCCESS;
    },
    // A number for fast multiplication is the number itself; behind the modulus comes a context, which is not needed.
    TEE_BigIntConvertToFMM: (to = 0, from = 0, modulus = 0) => rest(to, from, modulus),
    TEE_BigIntConvertFromFMM: (to = 0, from = 0, modulus = 0) => rest(to, from, modulus),
    TEE_BigIntComputeFMM: (to = 0, a = 0, b = 0, modulus = 0) => product(to, a, b, modulus),
  };
}

function numberImports({ memory, svc }: OwnEnv): HostCalls {
  const at = (pointer = 0): bigint => numberAt(memory, pointer);
  return {
    TEE_BigIntInit: (number = 0, words = 0) => initNumber(memory, number, words),
    TEE_BigIntDiv(quotient = 0, remainder = 0, a = 0, b = 0) {
      const divisor = at(b);
      const [q, r] = divisor === 0n ? raisePanic("a division by 0") : divided(at(a), divisor);
      if (quotient !== 0) putNumber(memory, quotient, q);
      if (remainder !== 0) putNumber(memory, remainder, r);
    },
    TEE_BigIntCmp: (a, b) => Number(at(a) > at(b)) - Number(at(a) < at(b)),
    TEE_BigIntCmpS32: (a, b = 0) => Number(at(a) > BigInt(b | 0)) - Number(at(a) < BigInt(b | 0)),
    TEE_BigIntRelativePrime: (a, b) => Number(extendedGcd(at(a), at(b)).gcd === 1n),
    TEE_BigIntComputeExtendedGcd(toGcd = 0, toU = 0, toV = 0, a = 0, b = 0) {
      const { gcd, u, v } = extendedGcd(at(a), at(b));
      putNumber(memory, toGcd, gcd);
      if (toU !== 0) putNumber(memory, toU, u);
      if (toV !== 0) putNumber(memory, toV, v);
    },
    TEE_BigIntIsProbablePrime: (a) => Number(isProbablePrime(at(a), (into) => svc().crypRandomNumberGenerate(into))),
  };
}

function conversionImports({ memory }: OwnEnv): HostCalls {
  const store = (to: number, value: bigint): number => (tryPutNumber(memory, to, value) ? TEE.SUCCESS : TEE.OVERFLOW);
  return {
    TEE_BigIntConvertFromOctetString(to = 0, from = 0, size = 0, sign = 0) {
      const value = toNumber(memory.input(from, size));
      return store(to, (sign | 0) < 0 ? -value : value);
    },
    TEE_BigIntConvertToOctetString: (to = 0, size = 0, number = 0) =>
      memory.written(to, size, (room) => {
        const value = numberAt(memory, number);
        const bytes = toBytes(value < 0n ? -value : value, Math.ceil(bitLength(value < 0n ? -value : value) / 8));
        if (bytes.length > room.length) return { code: TEE.SHORT_BUFFER, size: bytes.length };
        room.set(bytes);
        return { code: TEE.SUCCESS, size: bytes.length };
      }),
    TEE_BigIntConvertFromS32: (to = 0, value = 0) => putNumber(memory, to, BigInt(value | 0)),
    TEE_BigIntConvertToS32(to = 0, number = 0) {
      const value = numberAt(memory, number);
      if (BigInt.asIntN(32, value) !== value) return TEE.OVERFLOW;
      memory.putWords(to, Number(value) >>> 0);
      return TEE.SUCCESS;
    },
    TEE_BigIntAssign: (to = 0, from = 0) => store(to, numberAt(memory, from)),
    TEE_BigIntAbs(to = 0, from = 0) {
      const value = numberAt(memory, from);
      return store(to, value < 0n ? -value : value);
    },
  };
}

function bitImports({ memory }: OwnEnv): HostCalls {
  const parts = (at: number): readonly [negative: boolean, size: bigint] => {
    const value = numberAt(memory, at);
    return [value < 0n, value < 0n ? -value : value];
  };
  const signed = (negative: boolean, size: bigint): bigint => (negative ? -size : size);
  return {
    TEE_BigIntShiftRight(to = 0, from = 0, bits = 0) {
      const [negative, size] = parts(from);
      putNumber(memory, to, signed(negative, size >> BigInt(bits)));
    },
    TEE_BigIntGetBit: (at = 0, bit = 0) => Number((parts(at)[1] >> BigInt(bit)) & 1n),
    TEE_BigIntGetBitCount: (at = 0) => bitLength(parts(at)[1]),
    TEE_BigIntSetBit(at = 0, bit = 0, on = 0) {
      const [negative, size] = parts(at);
      if (bit >= 32 * memory.u32(at)) return TEE.OVERFLOW;
      const mask = 1n << BigInt(bit);
      const set = on === 0 ? size & ~mask : size | mask;
      return tryPutNumber(memory, at, signed(negative, set)) ? TEE.SUCCESS : TEE.OVERFLOW;
    },
  };
}
