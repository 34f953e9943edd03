// Findings as data: docs/schemas/findings.schema.json describes it.
import type { FindingGroup } from "../../analyze/findings/finding_group.ts";
import { findingSentence, findingTitle, lineToMend } from "../../analyze/findings/finding_words.ts";
import type { Judged } from "../../analyze/findings/suppress.ts";
import type { Suppression } from "../../analyze/findings/suppression.ts";
import { type CallFrame, readCallStack } from "../../base/call_stack.ts";
import { FINDING_KINDS } from "../../tee/monitor/finding.ts";

/** What is shown, what was suppressed and by what, and the suppressions that took nothing. */
export function findingsJson({ shown, suppressed, unused }: Judged) {
  return {
    findings: shown.map(one),
    suppressed: suppressed.map(({ by, group }) => ({ ...one(group), by: named(by) })),
    unused: unused.map(named),
  };
}

function named({ line, why }: Suppression) {
  return { line, why };
}

function one(group: FindingGroup) {
  const { first, times, last } = group;
  const { time, uuid, instance, session, entry, finding } = first;
  const { kind, stack, access, object, detail } = finding;
  const { cwe, severity } = FINDING_KINDS[kind];
  const mend = lineToMend(finding);
  return {
    kind,
    title: findingTitle(group),
    message: findingSentence(group),
    cwe,
    severity,
    ta: uuid,
    name: first.ta,
    ...{ instance, session, entry, time, last, times },
    place: mend?.place,
    stack: frames(stack),
    access,
    object: object && { ...object, allocated: frames(object.allocated), freed: frames(object.freed) },
    detail,
  };
}

function frames(stack = ""): CallFrame[] {
  return readCallStack(stack);
}
