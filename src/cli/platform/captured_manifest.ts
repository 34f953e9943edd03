// Writes the platform.json of a captured platform, with the origin of each part.
import type { Platform, Provenance } from "../../platform/platform.ts";

/** What the user says of the build, and what was found in the recording. Bytes. */
export interface CapturedBuild {
  readonly name: string;
  readonly version: string;
  readonly build: string;
  readonly board: string;
  /** Assignments that differ from upstream's defaults. */
  readonly switches: string;
  readonly heapBase: number;
  readonly heapSlack: number;
  /** Physical memory that the core has beside that of TAs, and its own part of it; null where nobody said it. */
  readonly ram: { readonly size: number; readonly used: number } | null;
  readonly hasTas: boolean;
}

/** The text of platform.json. What a recording of heaps does not show is the like platform's, and said to be so. */
export function manifestText(of: CapturedBuild, like: Platform): string {
  const hex = (value: number): string => `0x${value.toString(16)}`;
  const { heapBase, heapSlack, ram } = of;
  const core = { word: 8, heapBase: hex(heapBase), heapSlack, nexusBase: hex(like.nexusBase), ...(ram ? { ram } : {}) };
  const { ta, loaderBase, pages } = like;
  const manifest = {
    name: of.name,
    optee: of.version,
    board: of.board,
    build: of.build,
    core,
    ta: { word: ta.word, ramSize: hex(ta.ramSize), loaderBase: hex(loaderBase), pages },
    switches: of.switches,
    provenance: provenanceOf(of, like.name),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function provenanceOf({ ram, hasTas }: CapturedBuild, like: string): Provenance[] {
  const plugin =
    "each operation on the heap of the unpatched core, with its arguments and call site, seen by teemem's plugin in QEMU";
  return [
    { of: "boot.txt", how: "measured", source: plugin },
    {
      of: "load.txt, unload.txt",
      how: "measured",
      source: `the same recording, while the last TA came and went alone. Its parts are in the order of ${like}`,
    },
    {
      of: "core_sites.txt",
      how: "measured",
      source: `what the recording has in the file, of the kind and of the size that ${like} says; each row says whether it was found`,
    },
    {
      of: "ta_sites.txt",
      how: hasTas ? "measured" : "analogy",
      source: hasTas ? "heaps of TAs in the same recording; each row says whether it was found" : like,
    },
    { of: "loader.txt", how: "analogy", source: like },
    {
      of: "address and slack of the core heap, its further pools",
      how: "measured",
      source: "the pools in the recording",
    },
    {
      of: "physical memory of the core",
      how: ram === null ? "missing" : "measured",
      source: ram === null ? "no statistics of the board were given" : "'xtest --stats --alloc' of the board",
    },
    {
      of: "memory for TAs, pages of the loader's parts, addresses of its heap and of the nexus heap",
      how: "analogy",
      source: like,
    },
  ];
}
