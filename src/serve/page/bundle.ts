// The page as it was built: its HTML and the files that it asks for.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../../base/result.ts";

/** A file of the page. */
interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly tag: string;
}

/** The page. */
export interface PageBundle {
  readonly html: string;
  /** By path, as `assets/index-1a2b.js`. */
  readonly files: ReadonlyMap<string, PageFile>;
}

const TYPES: readonly (readonly [end: string, type: string])[] = [
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".wasm", "application/wasm"],
];

/** Reads the page from the folder that it was built into. */
export function readBundle(folder: string): Result<PageBundle> {
  const assets = join(folder, "assets");
  if (!existsSync(assets)) return err("the page has not been built: run 'npm run build' first");
  const files = readdirSync(assets).flatMap((name): [string, PageFile][] => {
    const type = TYPES.find(([end]) => name.endsWith(end))?.[1];
    return type === undefined ? [] : [[`assets/${name}`, pageFile(join(assets, name), type)]];
  });
  return ok({ html: readFileSync(join(folder, "index.html"), "utf8"), files: new Map(files) });
}

function pageFile(path: string, type: string): PageFile {
  const bytes = Uint8Array.from(readFileSync(path));
  return { bytes, type, tag: `"${createHash("sha256").update(bytes).digest("base64url")}"` };
}
