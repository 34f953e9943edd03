// Random numbers that are the same again for the same seed: xorshift128 of Marsaglia, Xorshift RNGs, 2003.

export interface Random {
  /** 0 up to before `limit`, at most 2^32. */
  below(limit: number): number;
  /** True once in `of` times. */
  once(of: number): boolean;
  pick<T>(from: readonly T[]): T;
}

export function createRandom(seed: number): Random {
  let [x, y, z, w] = [seed >>> 0 || 1, 362436069, 521288629, 88675123];
  const next = (): number => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return w >>> 0;
  };
  for (let n = 0; n < 16; n++) next();
  const below = (limit: number): number => next() % limit;
  return { below, once: (of) => below(of) === 0, pick: (from) => from[below(from.length)] as (typeof from)[number] };
}
