// The one place where files of the user are made and replaced. What is there stays whole until its successor is.
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readlinkSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { codeOf } from "../../base/error_code.ts";
import { printable } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { writeReason } from "./file_reason.ts";

/** A file that is being written. */
interface NewFile {
  /** Writes all of it before it returns. Throws the system's error, with the path, and then takes the file away again. */
  write(chunk: string | Uint8Array): void;
  /** It is whole: it takes its place. Throws as `write` does. */
  finish(): void;
  /** Takes it away again; what was there before is still there. */
  discard(): void;
}

const ANOTHER = "choose another file with -o or pass --force";

/** What to do where there is something by that name: refuse it, or put the new file in its place when that is whole. */
type Existing = "refuse" | "replace";

/**
 * Creates a file. One that is replaced keeps its mode, its owner where that can be, and the links that lead to it; a device
 * or a pipe is written to as it is. The error names the path, and says what to do.
 */
export function openOutput(path: string, existing: Existing, advice = ANOTHER): Result<NewFile> {
  try {
    if (existing === "refuse") return ok(inPlace(path, path, "wx"));
    const real = targetOf(path);
    if (real === null) throw Object.assign(new Error("too many links"), { code: "ELOOP" });
    const old = statOf(real);
    if (old === null) return ok(inPlace(path, real, "wx"));
    return ok(old.isFile() || old.isDirectory() ? beside(path, real, old) : inPlace(path, real, "w"));
  } catch (error) {
    return err(unopened(path, error, advice));
  }
}

/** Why a file could not be opened to be written; the advice is for one that is there already. */
export function unopened(path: string, error: unknown, advice = ANOTHER): string {
  if (statOf(path)?.isDirectory() === true) return `${printable(path)}: is a directory; name a file in it`;
  if (codeOf(error) === "EEXIST") return `${printable(path)} already exists; ${advice}`;
  return `${printable(path)}: ${writeReason(error)}`;
}

/** Writes a small file. Returns why it cannot be had, or null; throws where it cannot be written, as `NewFile` does. */
export function writeText(path: string, text: string, existing: Existing): string | null {
  const file = openOutput(path, existing, "choose another file, or remove it");
  if (!file.ok) return file.error;
  file.value.write(text);
  file.value.finish();
  return null;
}

/** What a name stands for by itself, links unfollowed; null if there is nothing. */
export function statOf(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

/** Writes all bytes: the system may take them in pieces. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

function inPlace(path: string, real: string, flags: "w" | "wx"): NewFile {
  return writer(
    path,
    openSync(real, flags),
    () => {},
    () => flags === "wx" && unlinkSync(real),
  );
}

function beside(path: string, real: string, old: Stats): NewFile {
  if (old.isDirectory()) throw Object.assign(new Error("is a directory"), { code: "EISDIR" });
  const fresh = join(dirname(real), `.${basename(real)}.${process.pid}.${Math.random().toString(36).slice(2)}`);
  const file = openSync(fresh, "wx", 0o600);
  const place = (): void => {
    fchmodSync(file, old.mode & 0o7777);
    fsyncSync(file);
    renameSync(fresh, real);
  };
  try {
    fchownSync(file, old.uid, old.gid);
  } catch {
    // Only root may give files away: then it is ours.
  }
  return writer(path, file, place, () => unlinkSync(fresh));
}

function writer(path: string, file: number, place: () => void, remove: () => unknown): NewFile {
  const encoder = new TextEncoder();
  let open = true;
  const discard = (): void => {
    if (!open) return;
    open = false;
    closeSync(file);
    remove();
  };
  /** What fails leaves nothing behind. */
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      discard();
      throw error instanceof Error ? Object.assign(error, { path: printable(path) }) : error;
    }
  };
  return {
    write: (chunk) => attempt(() => writeAll(file, typeof chunk === "string" ? encoder.encode(chunk) : chunk)),
    finish() {
      attempt(place);
      open = false;
      closeSync(file);
    },
    discard,
  };
}

const MOST_LINKS = 40;

/** Where the links of a path lead, also where nothing is there yet; null where they lead to themselves. */
export function targetOf(path: string): string | null {
  let real = path;
  for (let n = 0; n < MOST_LINKS; n++) {
    if (statOf(real)?.isSymbolicLink() !== true) return real;
    real = resolve(dirname(real), readlinkSync(real));
  }
  return null;
}
