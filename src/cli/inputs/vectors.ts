// Loads the test vectors that ship with the package.
import { readFile } from "node:fs/promises";
import { packagePath } from "../package/package_path.ts";

/** The test vectors of a regression test that come with the package. */
export async function loadVectors(number: string): Promise<unknown> {
  return JSON.parse(await readFile(packagePath(`data/vectors/regression_${number}.json`), "utf8"));
}
