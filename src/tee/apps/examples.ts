// The TAs of optee_examples 4.0.0.
import type { TrustedApp } from "../utee/trusted_app.ts";
import { acipher } from "./acipher.ts";
import { aes } from "./aes.ts";
import { helloWorld } from "./hello_world.ts";
import { hotp } from "./hotp.ts";
import { random } from "./random.ts";
import { secureStorage } from "./secure_storage.ts";

/** All six, by name in the order of the alphabet. */
export const EXAMPLES: readonly TrustedApp[] = [acipher, aes, helloWorld, hotp, random, secureStorage];
