// Says, once for each, which TA a client asks for that the system does not have.
import { printable, shown } from "../../base/printable.ts";
import type { Host } from "../../tee/kernel/core.ts";
import type { Io } from "../outputs/outcome.ts";

/** What a system is given for it; says it on standard error, at once. */
export function tellsNoSuchTa({ err }: Pick<Io, "err">): Pick<Host, "noSuchTa"> {
  const told = new Set<string>();
  return {
    noSuchTa(uuid) {
      if (told.has(uuid)) return;
      told.add(uuid);
      err.write(
        shown`teemem: a client asks for TA ${printable(uuid)}, which is not here: --ta FOLDER gives it, built by 'teemem ta build FOLDER'\n`,
      );
      void err.flush().catch(() => {});
    },
  };
}
