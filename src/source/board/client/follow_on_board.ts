// Reads what is added to a file on the board.

import { gunzipSync } from "node:zlib";
import { err, ok, type Result } from "../../../base/result.ts";
import { shellQuoted } from "../../../base/shell_word.ts";
import type { Shell } from "../shell/shell.ts";

/** Takes what is new in a file. */
export interface FileFollower {
  /** Everything since the last time, in pieces; true if there was something. */
  next(): Promise<Result<boolean>>;
}

const TIMEOUT = 60_000;
/** Bytes at a time; packed, lines of moments are eighteen times shorter. */
const PACKED = 500_000;
const PLAIN = 30_000;

/** Follows a file; `take` gets the bytes in their order. `packs`: the board has gzip. */
export function followOnBoard(
  shell: Shell,
  path: string,
  packs: boolean,
  take: (bytes: Uint8Array) => void,
): FileFollower {
  const most = packs ? PACKED : PLAIN;
  let at = 0;

  async function piece(): Promise<Result<Uint8Array>> {
    const from = `tail -c +${at + 1} ${shellQuoted(path)} 2>/dev/null | head -c ${most}`;
    const answer = await shell.run(packs ? `${from} | gzip -c` : from, { timeout: TIMEOUT });
    if (!answer.ok) return err(answer.error.text);
    if (!packs) return ok(answer.value.out);
    try {
      return ok(gunzipSync(answer.value.out));
    } catch {
      return err("what the board sent is damaged");
    }
  }
  return {
    async next() {
      const before = at;
      for (;;) {
        const bytes = await piece();
        if (!bytes.ok) return bytes;
        at += bytes.value.length;
        if (bytes.value.length > 0) take(bytes.value);
        if (bytes.value.length < most) return ok(at > before);
      }
    },
  };
}
