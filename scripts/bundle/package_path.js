// In the one file, in the place of src/cli/package/package_path.ts: other files of the package are unpacked at their first use.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { makeFolders } from "../../src/toolchain/folders/make_folders.ts";
import { userCache } from "../../src/toolchain/kit/cache.ts";

/** The name of the folder for these very files; the build puts it here, and the archive behind the last line of the code. */
const NAME = "BUNDLE_NAME";
const ARCHIVE = "\n// Files: ";

export function packagePath(path) {
  return join(unpacked(), path);
}

export function programWords(name) {
  const file = fileURLToPath(import.meta.url);
  return name === "xtest" ? [file, "xtest"] : [file];
}

/** The folder of the files: in the user's cache, or where nothing can be written there, in a folder of the user's own for temporary files. */
function unpacked() {
  const own = join(tmpdir(), `teemem-${process.getuid?.() ?? "user"}`);
  let failure;
  for (const root of [userCache(process.env), own]) {
    const folder = join(root, NAME);
    // Another user could have put files there before.
    if (root === own && existsSync(own) && !isOurs(own)) break;
    if (existsSync(folder)) return folder;
    try {
      makeFolders(root, 0o700);
      unpackTo(folder);
      return folder;
    } catch (error) {
      if (!["EACCES", "ENOENT", "EPERM", "EROFS", "ENOSPC", "ENOTDIR", "EEXIST"].includes(error.code)) throw error;
      // What is said in the end is about the user's cache, for which there is a variable.
      failure ??= error;
    }
  }
  throw failure;
}

function isOurs(folder) {
  const { uid, mode } = lstatSync(folder);
  return uid === process.getuid?.() && (mode & 0o170022) === 0o040000;
}

/** The folder appears whole, whoever else unpacks at the same time. */
function unpackTo(folder) {
  const half = mkdtempSync(join(dirname(folder), "half-"));
  try {
    const text = readFileSync(fileURLToPath(import.meta.url), "latin1");
    const packed = Buffer.from(text.slice(text.lastIndexOf(ARCHIVE) + ARCHIVE.length), "base64");
    for (const [path, bytes] of Object.entries(JSON.parse(brotliDecompressSync(packed).toString()))) {
      mkdirSync(dirname(join(half, path)), { recursive: true });
      writeFileSync(join(half, path), Buffer.from(bytes, "base64"));
    }
    renameSync(half, folder);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
