// @ts-check
// The cases of xtest 4.0.0 to 4.10.0 that are run.

/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => String(from + n));

/** By suite. A number that a release does not have is no case. */
export const CASES = {
  regression: [
    ...range(1001, 1039),
    ...range(2001, 2004),
    ...range(4001, 4016),
    ...range(4101, 4117),
    "5006",
    ...range(6001, 6021),
    "8001",
    "8002",
    ...range(8101, 8103),
  ],
  pkcs11: range(1000, 1030),
};

/**
 * Cases that the board ran one after the other against one instance, which stays loaded: they are compared together, under
 * the first one's name.
 */
export const TOGETHER = {
  pkcs11: [...range(1000, 1008), "1010", "1012", "1015"],
};
