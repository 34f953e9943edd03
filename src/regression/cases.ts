// The list of all test cases.
import { asymmetric } from "./asymmetric.ts";
import { authenticated } from "./authenticated.ts";
import { cipher } from "./cipher.ts";
import type { RegressionCase } from "./harness.ts";
import { hash } from "./hash.ts";
import { mac } from "./mac.ts";
import { randomCase } from "./random.ts";

/** All test cases, by number. */
export const CASES: readonly RegressionCase[] = [hash, mac, cipher, randomCase, authenticated, asymmetric];
