// The ways to call the programs, each from a folder that has nothing of ours.
import { join, relative } from "node:path";
import type { Folder } from "./shell.ts";

/** One way to call the programs. */
export interface Way {
  readonly name: string;
  /** What is done once, in a line of a shell. */
  readonly first: string;
  /** What a reader types in the place of `teemem` and `xtest`. */
  readonly teemem: string;
  readonly xtest: string;
}

/** All of them, for the folder that the setup made, called from `at`. */
export function waysFrom(made: string, folder: Folder, at: string): Way[] {
  const from = join(folder.path, at);
  const file = (name: string): string => {
    const near = relative(from, join(made, name));
    return near.length < join(made, name).length ? near : join(made, name);
  };
  const [tarball, bundle, clone] = [file("teemem.tgz"), file("teemem.mjs"), file("clone/dist/cli/teemem.js")];
  return [
    {
      name: "npm install -g",
      first: `npm install -g --prefix ../prefix '${made}/teemem.tgz'`,
      teemem: "teemem",
      xtest: "xtest",
    },
    { name: "npx", first: "", teemem: `npx --yes -p ${tarball} teemem`, xtest: `npx --yes -p ${tarball} xtest` },
    { name: "one file", first: "", teemem: `node ${bundle}`, xtest: `node ${bundle} xtest` },
    { name: "clone", first: "", teemem: `node ${clone}`, xtest: `node ${clone.replace("teemem.js", "xtest.js")}` },
  ];
}
