// Finds the release of OP-TEE in its memory: the text that it prints when it boots.

const MARK = new TextEncoder().encode(" version ");
const BEFORE = 120;
const BEHIND = 160;
/** The compiler stands in front of the mark: `(gcc`. */
const COMPILER = /^\([a-z]{2,20}$/;
/** The release begins the word before it. */
const RELEASE = /(?:^|\D)(\d\.\d{1,2}(?:\.\d{1,2})?)/;
/** Behind the compiler's own version: how often it was built. */
const BUILDS = /\) #\d{1,9} /;

/** Like `4.10.0` or `4.10`, as the build was told; empty where it is not found. */
export function versionIn(image: Uint8Array): string {
  const bytes = Buffer.from(image.buffer, image.byteOffset, image.length);
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) {
    const [built = "", compiler = ""] = bytes
      .toString("latin1", Math.max(0, at - BEFORE), at)
      .split(" ")
      .slice(-2);
    if (!COMPILER.test(compiler) || !BUILDS.test(bytes.toString("latin1", at, at + BEHIND))) continue;
    const version = RELEASE.exec(built)?.[1];
    if (version !== undefined) return version;
  }
  return "";
}
