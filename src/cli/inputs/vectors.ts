// Loads the test vectors that ship with the package.
import { readFile } from "node:fs/promises";

const FOLDER = new URL("../../../data/vectors/", import.meta.url);

/** The test vectors of a regression test that come with the package. */
export async function loadVectors(number: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`regression_${number}.json`, FOLDER), "utf8"));
}
