// @ts-check
// The cases of xtest 4.0.0 to 4.10.0 that are run, and those that are out of reach here.

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

/** Why a case cannot pass: it asks for what WebAssembly does not have. @type {Readonly<Record<string, string>>} */
export const OUT_OF_REACH = {
  "regression 1010": "some accesses that a board's MMU refuses are plain memory here; they need memcheck",
};
