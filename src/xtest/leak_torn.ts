// What is left of a leak line into which another message broke, and of which the rest was not found.
import { leakStart, senderOf } from "./leak_form.ts";
import { BUFFER, SENDER } from "./leak_words.ts";

/** Messages that break into a line: of the kernel, of OP-TEE on another core, of TF-A. */
const INTRUDER = /<\d{1,3}>\[|\[[ \t]{0,5}\d{1,6}\.\d{3,6}\]|[A-Z]\/(?:TC|TA|LD):|(?:NOTICE|INFO|WARNING|ERROR): {1,4}/;
/** The beginning of `buffer:`, with nothing before it. */
const BEGUN = /^\s{1,4}b(?:u(?:f(?:f(?:er?)?)?)?)?$/;
/** Letters of a leak line, perhaps damaged. */
const ANOTHER = /buf|uff|ffe|fer|byt|yte/;
/** What stands between sender and `buffer:`: core, thread, function and line, `Orphaned`. */
const DIRECT = /^[?\d\s*]{0,20}(?:[A-Za-z_]\w{0,60}:\d{1,5}:? )?(?:Orphaned )?$/;
/** The end of a leak line, from a letter of `buffer:` or a digit of the size on. */
const END = /^(?:\w{0,5}: )?\d{0,10}\s{0,2}(?:b?y)?t?e?s?\s[\w./+@~-]{1,512}:\d{1,5}$/;

/** The text without a message that broke into its leak line. */
export function withoutIntruder(text: string): string {
  const from = leakStart(text)?.behind ?? begunAt(text);
  if (from < 0) return text;
  const rest = text.slice(from);
  const at = rest.search(INTRUDER);
  // Another leak line behind a lost newline is none.
  return at < 0 || ANOTHER.test(rest.slice(at)) ? text : text.slice(0, from + at);
}

/** Behind a sender that is followed by the beginning of `buffer:` and by another message; or -1. */
function begunAt(text: string): number {
  for (const voice of text.matchAll(SENDER)) {
    const from = voice.index + voice[0].length;
    const rest = text.slice(from);
    if (BEGUN.test(rest.slice(0, rest.search(INTRUDER)))) return from;
  }
  return -1;
}

/** The sender of a leak line that began, and of which too little is left: an index into `SENDERS`; else null. */
export function tornSender(text: string): number | null {
  const start = leakStart(text);
  if (start !== null) {
    const before = text.slice(start.at, start.behind - BUFFER.length);
    return DIRECT.test(before.slice(before.indexOf(":") + 1)) ? start.sender : null;
  }
  const voice = [...text.matchAll(SENDER)].at(-1);
  return voice !== undefined && BEGUN.test(text.slice(voice.index + voice[0].length)) ? senderOf(voice) : null;
}

/** True for a text that ends a leak line whose beginning is elsewhere. */
export function endsLeak(text: string): boolean {
  return END.test(text);
}
