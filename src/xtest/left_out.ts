// Lines that stand for others: a log service counted repeated ones, or a person left some out.

const HINT = /repeated|identical|uppressed|snip|\.\.\.|…/i;
const COUNTED =
  /repeated (\d{1,9}) times|identical (\d{1,9}) (?:more )?lines?|suppressed (\d{1,9}) messages|\b(\d{1,9}) (?:callbacks|messages) suppressed/i;
const SOME = /^[[(<]?(?:\.\.\.|…|\u00e2\u0080\u00a6|snip\b).{0,40}$/i;

/** How many lines are missing at this one, at least; 0 for any other line. */
export function leftOut(text: string): number {
  if (!HINT.test(text) && !text.startsWith("\u00e2\u0080\u00a6")) return 0;
  const counted = COUNTED.exec(text);
  if (counted !== null) return Number(counted.slice(1).find((one) => one !== undefined) ?? 1);
  return SOME.test(text) ? 1 : 0;
}
