// The order of versions.

/** A number that grows with the first two numbers of a version such as 4.10 or v4.10.0-rc1; NaN for what is none. */
export function ordinal(version: string): number {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?!\d)/.exec(version.trim());
  return match === null ? Number.NaN : Number(match[1]) * 10_000 + Number(match[2]);
}
