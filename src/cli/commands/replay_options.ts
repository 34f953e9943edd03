// Checks and combines the options of `teemem replay`.
import { err, ok, type Result } from "../../base/result.ts";
import { FIRST_POOL_MIN } from "../../malloc/add_pool.ts";
import type { Release } from "../../release/release.ts";
import { RELEASES, releaseOf } from "../../release/releases.ts";
import { formatVariant, parseVariant, type Variant, wordOfAbi } from "../../replay/variant.ts";
import { MAX_POOL } from "../../replay/what_if.ts";
import { suggest } from "../outputs/nearest.ts";

/** Options of `teemem replay` as they were given. */
export interface ReplayOptions {
  readonly abi?: string;
  readonly fit?: "first" | "best";
  readonly flavour?: "ta" | "core";
  readonly mdbg?: boolean;
  readonly debug?: boolean;
  readonly variant?: string;
  readonly optee?: string;
  readonly pool?: number;
  readonly heap?: string;
  readonly until?: string;
  readonly mark?: string;
  readonly marks?: boolean;
  readonly summary?: boolean;
  readonly json?: boolean;
}

/** The variant that `--variant` names, or that the single options make up: by default lp64-ff-ta. */
export function variantOf(options: ReplayOptions): Result<Variant> {
  if (options.variant === undefined) {
    return ok({
      word: wordOfAbi(options.abi ?? "lp64") ?? 8,
      fit: options.fit ?? "first",
      flavour: options.flavour ?? "ta",
      mdbg: options.mdbg ?? false,
      debug: options.debug ?? false,
    });
  }
  const variant = parseVariant(options.variant);
  if (variant.ok) return variant;
  return err(`${variant.error}${suggest(options.variant, allVariants())}`);
}

/** The release that `--optee` names, by default 4.0. */
export function releaseOption({ optee }: ReplayOptions): Result<Release> {
  return optee === undefined ? ok(RELEASES[0]) : releaseOf(optee);
}

/** What is wrong with the options whatever the traces are, or null. */
export function optionProblem(options: ReplayOptions): string | null {
  const variant = variantOf(options);
  if (!variant.ok) return variant.error;
  const release = releaseOption(options);
  if (!release.ok) return `--optee: ${release.error}`;
  if (options.pool === undefined) return null;
  if (options.pool < FIRST_POOL_MIN)
    return `--pool: a pool of ${options.pool} bytes is too small: at least ${FIRST_POOL_MIN} bytes`;
  if (options.pool <= MAX_POOL) return null;
  return `--pool: a pool of ${options.pool} bytes is too large: at most ${MAX_POOL} bytes`;
}

/** The first of the named options that was given, as it is written; undefined if none was. */
export function givenOption(options: ReplayOptions, names: readonly (keyof ReplayOptions)[]): string | undefined {
  const name = names.find((key) => options[key] !== undefined);
  return name && `--${name}`;
}

function allVariants(): string[] {
  const flavours: readonly Variant["flavour"][] = ["ta", "core", "bare"];
  const either = [false, true];
  return flavours.flatMap((flavour) =>
    ([8, 4] as const).flatMap((word) =>
      (["first", "best"] as const).flatMap((fit) =>
        (flavour === "bare" ? [false] : either).flatMap((mdbg) =>
          either.map((debug) => formatVariant({ word, fit, flavour, mdbg, debug })),
        ),
      ),
    ),
  );
}
