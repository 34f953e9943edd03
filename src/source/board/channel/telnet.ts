// The negotiation of telnet that terminal servers begin, for streams that may have it or not.

const IAC = 255;
const [SE, SB, WILL, WONT, DO, DONT] = [240, 250, 251, 252, 253, 254];
const [ECHO, SUPPRESS_GO_AHEAD] = [1, 3];
const NEGOTIATES: ReadonlySet<number> = new Set([SB, WILL, WONT, DO, DONT]);

/** Bytes of a subnegotiation; what is longer is none. */
const LONGEST_SUB = 512;

interface Telnet {
  /** Takes what arrives; gives the data in it, and what to send back. */
  take(chunk: Uint8Array): { readonly data: Uint8Array; readonly reply: Uint8Array };
  /** Data as it has to be sent. */
  escaped(data: Uint8Array): Uint8Array;
}

/** The other side's echo and its silence between turns are accepted, everything else is declined, once each. */
export function createTelnet(): Telnet {
  let active = false;
  let held: number[] = [];
  const answered = new Set<string>();

  function answer(verb: number, option: number): number[] {
    const wanted = option === ECHO || option === SUPPRESS_GO_AHEAD;
    const reply = verb === WILL ? (wanted ? DO : DONT) : verb === DO ? (option === SUPPRESS_GO_AHEAD ? WILL : WONT) : 0;
    const name = `${verb} ${option}`;
    if (reply === 0 || answered.has(name)) return [];
    answered.add(name);
    return [IAC, reply, option];
  }
  return {
    take(chunk) {
      const bytes = held.length === 0 ? chunk : Uint8Array.from([...held, ...chunk]);
      const data: number[] = [];
      const reply: number[] = [];
      let at = 0;
      while (at < bytes.length) {
        const [byte = 0, verb, option] = [bytes[at], bytes[at + 1], bytes[at + 2]];
        // Before the first negotiation it is a byte like any other.
        if (byte !== IAC || (!active && verb !== undefined && !NEGOTIATES.has(verb))) {
          data.push(byte);
          at++;
        } else if (verb === undefined) break;
        else if (verb === IAC) {
          data.push(IAC);
          at += 2;
        } else if (verb === SB) {
          const end = endOfSub(bytes, at + 2);
          if (end < 0 && bytes.length - at <= LONGEST_SUB) break;
          active ||= end >= 0;
          if (end < 0) data.push(byte);
          at = end < 0 ? at + 1 : end;
        } else if (!NEGOTIATES.has(verb)) at += 2;
        else if (option === undefined) break;
        else {
          active = true;
          reply.push(...answer(verb, option));
          at += 3;
        }
      }
      held = [...bytes.subarray(at)];
      return { data: Uint8Array.from(data), reply: Uint8Array.from(reply) };
    },
    escaped: (data) =>
      active ? Uint8Array.from([...data].flatMap((byte) => (byte === IAC ? [IAC, IAC] : [byte]))) : data,
  };
}

/** Behind IAC SE; -1 where that has not come yet. */
function endOfSub(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== IAC) continue;
    if (bytes[at + 1] === SE) return at + 2;
    at++;
  }
  return -1;
}
