// What a checker of memory noticed in a TA: plain data, which JSON keeps.

/** The kinds of findings: their titles in valgrind's words, their number in the list of weaknesses (CWE), and how bad they are. */
export const FINDING_KINDS = {
  "invalid-read": { title: "Invalid read", cwe: 125, severity: "error" },
  "invalid-write": { title: "Invalid write", cwe: 787, severity: "error" },
  "use-after-free": { title: "Use after free", cwe: 416, severity: "error" },
  "double-free": { title: "Double free", cwe: 415, severity: "error" },
  "invalid-free": { title: "Invalid free", cwe: 590, severity: "error" },
  uninitialised: { title: "Use of uninitialised value", cwe: 457, severity: "error" },
  undefined: { title: "Undefined behaviour", cwe: 758, severity: "error" },
  "double-fetch": { title: "Client memory read twice", cwe: 367, severity: "warning" },
  leak: { title: "Definitely lost", cwe: 401, severity: "warning" },
  "stack-overflow": { title: "Stack overflow", cwe: 674, severity: "error" },
  panic: { title: "Panic", cwe: 617, severity: "error" },
  endless: { title: "A loop without an end", cwe: 835, severity: "error" },
  growth: { title: "Grows from command to command", cwe: 401, severity: "warning" },
} as const satisfies Readonly<Record<string, { title: string; cwe: number; severity: "error" | "warning" }>>;

/** The kinds of findings of a checker. */
export type FindingKind = keyof typeof FINDING_KINDS;

/** What a checker noticed. */
export interface Finding {
  readonly kind: FindingKind;
  /** Where, as `writeCallStack` has it. */
  readonly stack: string;
  readonly access?: { readonly write: boolean; readonly bytes: number; readonly address: number };
  /** What it concerns. `offset`: bytes from its first byte; negative or `size` and more is beside it. */
  readonly object?: {
    readonly kind: "heap" | "stack" | "global" | "parameter" | "null" | "unknown";
    readonly name: string;
    readonly size: number;
    readonly offset: number;
    /** Call stacks; of globals and variables `file:line`. */
    readonly allocated?: string;
    readonly freed?: string;
  };
  /** The rest in words; empty for none. */
  readonly detail: string;
}
