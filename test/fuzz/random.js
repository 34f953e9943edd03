// Random numbers with a seed, for the fuzzer.
import { createRandom } from "../../scripts/random.js";

/** Random choices from a seed. */
export function randomOf(seed) {
  const next = createRandom(seed);
  const below = (n) => Math.floor(next() * n);
  return { next, below, pick: (list) => list[below(list.length)], chance: (share) => next() < share };
}
