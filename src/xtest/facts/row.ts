// What a row of the tables of facts says: which lines report one kind of thing, and who prints them.

/** Who prints a line: the core, a TA, or ldelf, the loader of TAs. */
export type Speaker = "core" | "ta" | "loader";

/** Words far apart are looked for one by one, as `.*` between them takes the square of a line's length. */
export interface FactRow {
  readonly kind: string;
  /** Each of its lines has one of these, in any case: at least three characters, found in one go for all rows. */
  readonly words: readonly string[];
  /** Only lines of this speaker; `secure`: of any of them, `normal`: of none. Of anybody, where it is left out. */
  readonly by?: Speaker | "secure" | "normal";
  /** Only lines of these levels: `E`, `I`, `D`, `F`, `M`. */
  readonly levels?: string;
  /** What such a line has, and what it has not, anywhere. */
  readonly has?: RegExp;
  readonly unless?: RegExp;
  /** `form` stands behind the first match of this. */
  readonly after?: RegExp;
  readonly form: RegExp;
  /** The code in the line decides: it is out of memory, or one of those that look like it; or it may be missing. */
  readonly coded?: "oom" | "oom or none" | "telling";
  /** Only where no row before it has read the line. */
  readonly otherwise?: true;
}
