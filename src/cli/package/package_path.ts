// Where the files lie that ship with this program. In the one file of `npm run bundle`, scripts/bundle/package_path.js takes its place.
import { fileURLToPath } from "node:url";

/** The path of a file or folder of this package, given from its root: `data/vectors`, `device`. */
export function packagePath(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}

/** What node is given to start a program of this package: a file, and what its arguments begin with. */
export function programWords(name: "teemem" | "xtest"): readonly [string, ...string[]] {
  return [packagePath(`dist/cli/${name}.js`)];
}
