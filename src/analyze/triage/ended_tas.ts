// The TAs that a log says were ended, by an abort or by a panic of their own; not those of upstream's tests.
import { errorName, errorText, TEE } from "../../abi/errors.ts";
import { uuidText } from "../../abi/uuid.ts";
import { belowStack, type TaDump } from "../../xtest/ta_dump.ts";
import { factsOf, quote, type Symptoms } from "./case.ts";
import { isTester } from "./shipped.ts";

/** An abort of a TA. */
interface Abort {
  /** `data`, `prefetch` or `undef`. */
  readonly kind: string;
  readonly address: number;
  /** As evidence. */
  readonly text: string;
}

/** Aborts of TAs, but not those that upstream's tests provoke, nor those that a stack explains. */
export function aborts({ console }: Symptoms): Abort[] {
  const dumped = (console?.dumps ?? []).filter(({ abort }) => abort !== undefined);
  if (dumped.length === 0) return bareAborts({ ...(console && { console }) });
  // Upstream's tests abort many times on purpose; a single abort may be somebody's own.
  const onPurpose = (console?.dumps ?? []).filter(({ uuid }) => isTester(uuid)).length > 1;
  return dumped.flatMap((dump) => {
    const { abort, uuid } = dump;
    if (abort === undefined || (onPurpose && isTester(uuid)) || belowStack(dump) !== undefined) return [];
    return [{ ...abort, text: `${placeOf(dump)}: ${uuidText(uuid)} used address 0x${abort.address.toString(16)}` }];
  });
}

/** Aborts whose dump the log does not have. */
function bareAborts(symptoms: Symptoms): Abort[] {
  return factsOf(symptoms, "ta-abort")
    .filter(({ ta }) => !isTester(ta))
    .map((fact) => ({
      kind: (fact.groups[0] ?? "").toLowerCase(),
      address: Number.parseInt(fact.groups[1] ?? "", 16),
      text: quote(fact),
    }));
}

interface Panic {
  readonly uuid: string;
  readonly text: string;
}

/** TAs that ended with a code of their own: none of upstream's tests, and none for want of memory. */
export function panics(s: Symptoms): Panic[] {
  const dumped = (s.console?.dumps ?? []).filter(({ panic }) => panic !== undefined);
  if (dumped.length > 0)
    return dumped.flatMap((dump) => {
      const { uuid, panic = 0 } = dump;
      if (isTester(uuid) || panic === TEE.OUT_OF_MEMORY) return [];
      return [{ uuid, text: `${placeOf(dump)}: ${uuidText(uuid)} panicked with ${codeText(panic)}` }];
    });
  return factsOf(s, "ta-panic").flatMap((fact) =>
    isTester(fact.ta) || Number.parseInt(fact.groups[0] ?? "", 16) === TEE.OUT_OF_MEMORY
      ? []
      : [{ uuid: fact.ta, text: quote(fact) }],
  );
}

function placeOf({ at, line }: TaDump): string {
  return at ?? `line ${line}`;
}

function codeText(code: number): string {
  return code !== 0 && errorName(code) !== undefined ? errorText(code) : `code 0x${code.toString(16)}`;
}
