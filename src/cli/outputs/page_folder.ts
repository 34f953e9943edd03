// Where the built page lies: beside the built program; for a program that runs from its sources in the folder of what was built.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the page, built or not. */
export function pageFolder(): string {
  const beside = fileURLToPath(new URL("../../view/web/", import.meta.url));
  return existsSync(`${beside}assets`) ? beside : fileURLToPath(new URL("../../../dist/view/web/", import.meta.url));
}
