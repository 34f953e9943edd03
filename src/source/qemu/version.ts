// Finds the release of OP-TEE in its memory: the text that it prints when it boots.

const MARK = new TextEncoder().encode(" version ");
const BEFORE = 120;
const BEHIND = 160;
/** What was built, with which compiler, how often, when, for which processor. */
const TEXT =
  /(?:^|\D)(\d\.\d{1,2}(?:\.\d{1,2})?)[^ ]{0,60} \([a-z]{2,20} version [^()]{0,80}(?:\([^()]{0,80}\))?[^()]{0,20}\) #\d{1,9} /;

/** Like `4.10.0` or `4.10`, as the build was told; empty where it is not found. */
export function versionIn(image: Uint8Array): string {
  const bytes = Buffer.from(image.buffer, image.byteOffset, image.length);
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) {
    const text = bytes.toString("latin1", Math.max(0, at - BEFORE), at + BEHIND);
    const version = TEXT.exec(text)?.[1];
    if (version !== undefined) return version;
  }
  return "";
}
