// Tells for each line of a log what it is to a list of live blocks: a block, what is left of one, or none.
import { latin1 } from "../text/latin1.ts";
import { createHit, type LeakHit, looksLikeLeak, matchLeak } from "./leak_bytes.ts";
import { type DamagedLeak, isLost, readDamaged } from "./leak_damage.ts";
import { matchForm } from "./leak_form.ts";
import { endsLeak, tornSender, withoutIntruder } from "./leak_torn.ts";
import { allocatorBlock, SENDERS } from "./leak_words.ts";

/** Takes what the lines are, in their order. */
interface LeakSink {
  /** A block. Bytes and hit are used again. */
  whole(bytes: Uint8Array, hit: LeakHit): void;
  damaged(leak: DamagedLeak): void;
  /** A block of which too little is left, and the index of its sender, if that is known. */
  lost(sender: number | undefined): void;
  /** Any other line. Not called while nothing is open. */
  other(text: string): void;
  /** Whether a list goes on: of this sender, or of any. */
  isOpen(sender?: number): boolean;
}

/** Reads lines one by one. */
interface LeakLines {
  /**
   * One line without its end, at `from` (inclusive) to `to` (exclusive) in bytes that are not kept. `cut`: the log ends in
   * it, with no newline.
   */
  take(bytes: Uint8Array, from: number, to: number, cut?: boolean): void;
  /** No line follows. */
  end(): void;
}

/** The rest of a torn line stands at most so many lines behind its beginning. */
const NEAR = 8;
const LONGEST_TEXT = 4096;
const [STAR, BLANK, TAB] = [42, 32, 9];

/**
 * Reads lines in which a leak line may stand behind anything, in any form, torn by another message, or damaged.
 * Long: one state of the line that waits for its rest, which all steps share.
 */
export function createLeakLines(sink: LeakSink): LeakLines {
  const hit = createHit();
  /** Where the last leak line began that did not begin its line. */
  let offset = 0;
  /** A line into which another message broke, without that; and how many lines ago. */
  let torn: string | undefined;
  let since = 0;
  /** A lost beginning was so many lines ago. */
  let sinceLost = NEAR;

  /** The torn line has no rest: gives what is left of it. */
  function settle(): void {
    if (torn === undefined) return;
    const text = torn;
    torn = undefined;
    const left = readDamaged(text);
    for (const leak of left) sink.damaged(withoutEnd(leak));
    if (left.length === 0) sink.lost(tornSender(text) ?? undefined);
    sinceLost = 0;
  }
  function takeHit(bytes: Uint8Array, cut: boolean): void {
    settle();
    if (!cut) {
      sink.whole(bytes, hit);
      return;
    }
    const site = latin1(bytes, hit.siteFrom, hit.siteTo);
    const leak = { from: SENDERS[hit.sender] ?? "", size: hit.size, about: undefined, site, whole: true, errors: 0 };
    const left = withoutEnd(leak);
    if (left === leak) sink.whole(bytes, hit);
    else sink.damaged(left);
  }
  function isRest(rest: string): boolean {
    if (torn === undefined) return false;
    const text = torn + rest;
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    if (matchForm(text, bytes, 0, hit) < 0) return false;
    torn = undefined;
    sink.whole(bytes, hit);
    return true;
  }
  /** False for a line that is nothing of a leak line. */
  function isLeak(text: string, bytes: Uint8Array, from: number, cut: boolean): boolean {
    const at = matchForm(text, bytes, from, hit);
    if (at >= 0) {
      offset = at;
      takeHit(bytes, cut);
      return true;
    }
    const own = withoutIntruder(text);
    if (own !== text) {
      settle();
      torn = own;
      since = 0;
      return true;
    }
    const damaged = readDamaged(text);
    if (damaged.length === 0) return isScrap(text);
    settle();
    for (const leak of damaged) sink.damaged(cut ? withoutEnd(leak) : leak);
    return true;
  }
  /** Too little is left of it. */
  function isScrap(text: string): boolean {
    const sender = tornSender(text);
    // Without a list around it, it may be somebody else's word.
    const begins = (sender !== null && sink.isOpen(sender)) || isLost(text);
    if (!begins && !endsLeak(text)) return false;
    // The beginning of this rest was counted, if it was seen.
    if (begins || (torn === undefined && sinceLost > NEAR)) sink.lost(sender ?? undefined);
    if (begins) sinceLost = 0;
    return true;
  }
  function other(bytes: Uint8Array, from: number, to: number, cut: boolean): void {
    const likely = looksLikeLeak(bytes, from, to);
    if (!likely && torn === undefined && !sink.isOpen()) return;
    const text = latin1(bytes, from, Math.min(to, from + LONGEST_TEXT));
    since++;
    sinceLost++;
    if (isRest(text) || (likely && isLeak(text, bytes, from, cut))) return;
    if (since > NEAR) settle();
    sink.other(text);
  }
  return {
    take(bytes, from, end, cut = false) {
      let to = end;
      while (to > from && (bytes[to - 1] === BLANK || bytes[to - 1] === TAB)) to--;
      if (matchAt(bytes, from, to, offset, hit)) takeHit(bytes, cut);
      else other(bytes, from, to, cut);
    },
    end: settle,
  };
}

/** At the beginning of the line, behind a `*`, or where the line before had it. */
function matchAt(bytes: Uint8Array, from: number, to: number, offset: number, hit: LeakHit): boolean {
  if (bytes[from] === STAR && matchLeak(bytes, from + 1, to, hit)) return true;
  return matchLeak(bytes, from, to, hit) || (offset > 0 && matchLeak(bytes, from + offset, to, hit));
}

/** Of a block whose line may go on, the place is not known; but the table of pools is. */
function withoutEnd(leak: DamagedLeak): DamagedLeak {
  const isTable = allocatorBlock(leak.site) === "table" && /:\d{3}/.test(leak.site);
  return isTable ? leak : { ...leak, site: "", whole: false };
}
