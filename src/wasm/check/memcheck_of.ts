// The checks of an instance: those of a module that was built with them, or none.
import type { Core } from "../../tee/kernel/core.ts";
import type { TaEntry } from "../../tee/kernel/user_app.ts";
import type { Finding } from "../../tee/monitor/finding.ts";
import { tellFinding } from "../../tee/monitor/tap.ts";
import type { EntryNow } from "./heap_blocks.ts";
import { createMemcheck, type Memcheck, type MemcheckOptions } from "./memcheck.ts";

const UNCHECKED: Memcheck = {
  calls: {},
  watch: () => {},
  touched: () => {},
  freeing: () => {},
  written: () => {},
  remember: () => () => {},
  entered: () => {},
  left: () => {},
  direct: () => ({ resize: () => {}, begin: () => {}, end: () => {}, newest: () => 0, lost: () => [] }),
  mapped: () => {},
  unmapped: () => {},
};

interface CheckedInstance extends Omit<MemcheckOptions, "now" | "tell"> {
  readonly core: Core;
  readonly found?: ((finding: Finding) => void) | undefined;
  /** The entry that is being made; null between entries. */
  readonly current: () => {
    readonly entry: TaEntry;
    readonly what: EntryNow["entry"];
    readonly command: number;
    readonly call: number;
  } | null;
}

export function memcheckOf({ core, current, found, ...options }: CheckedInstance): Memcheck {
  if (!options.module.checked) return UNCHECKED;
  return createMemcheck({
    ...options,
    now() {
      const now = current();
      if (now === null) return { session: 0, entry: "open", command: 0, call: 0 };
      return { session: now.entry.session.id, entry: now.what, command: now.command, call: now.call };
    },
    tell(finding) {
      const now = current();
      found?.(finding);
      if (now === null) return;
      const { instance, session } = now.entry;
      tellFinding(core, { instance: instance.id, session: session.id, command: now.command, finding });
    },
  });
}
