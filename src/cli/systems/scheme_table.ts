// Tables whose rows are chosen by a scheme, which stands before a colon.

interface Row {
  /** As a user writes it. */
  readonly usage: string;
}
type Table<R extends Row> = Readonly<Record<string, R>>;

/** The word before the colon of `ssh://HOST` or `sim:`; undefined where there is none. */
export function schemeName(text: string): string | undefined {
  return /^([a-z][a-z\d]*):/.exec(text)?.[1];
}

/** The row of a text with a scheme, and what stands behind the colon; undefined where no row is meant. */
export function rowFor<R extends Row>(
  table: Table<R>,
  text: string,
): { readonly row: R; readonly where: string } | undefined {
  const scheme = schemeName(text);
  const row = scheme !== undefined && Object.hasOwn(table, scheme) ? table[scheme] : undefined;
  return row === undefined ? undefined : { row, where: text.slice(text.indexOf(":") + 1) };
}

/** What may be written, for texts. */
export function usagesOf(table: Table<Row>): string {
  return Object.values(table)
    .map(({ usage }) => usage)
    .join(", ");
}
