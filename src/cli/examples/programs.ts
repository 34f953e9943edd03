// The list of the example programs.
import { acipherProgram } from "./acipher.ts";
import { aesProgram } from "./aes.ts";
import { helloWorldProgram } from "./hello_world.ts";
import { hotpProgram } from "./hotp.ts";
import type { Program } from "./program.ts";
import { randomProgram } from "./random.ts";
import { secureStorageProgram } from "./secure_storage.ts";

/** The programs of optee_examples 4.0.0, in the order of the alphabet. */
export const PROGRAMS: readonly Program[] = [
  acipherProgram,
  aesProgram,
  helloWorldProgram,
  hotpProgram,
  randomProgram,
  secureStorageProgram,
];
