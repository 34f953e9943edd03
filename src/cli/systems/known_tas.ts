// TAs that are known by name: the bundled ones, and those that OP-TEE ships.
import { SHIPPED } from "../../analyze/shipped_tas.ts";
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { BUNDLED } from "../../tee/apps/bundled.ts";
import { suggest } from "../outputs/nearest.ts";

const KNOWN = [...BUNDLED, ...SHIPPED];

/** `PKCS#11 TA`, `pkcs11` and `trusted_keys` as letters and digits: what a user types. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/ ta$/, "")
    .replace(/[^a-z\d]/g, "");
}

/** What the TAs are called that are known by name, in one word each. */
export function knownNames(): readonly string[] {
  return KNOWN.map(({ name }) => (name.includes(" ") ? plain(name) : name));
}

/** The UUID of a TA that is known by this name. */
export function uuidOfName(name: string): string | undefined {
  return KNOWN.find((one) => plain(one.name) === plain(name))?.uuid;
}

/** The name of a TA; undefined where it is not known. */
export function nameOfTa(uuid: string): string | undefined {
  return KNOWN.find((one) => one.uuid === uuid.toLowerCase())?.name;
}

/** The beginning of UUIDs that a user means: written as such, or by the name of a TA. The error names what is like it. */
export function uuidsMeant(ta: string): Result<string> {
  const named = uuidOfName(ta);
  if (named !== undefined) return ok(named);
  if (/^[\da-f-]*$/i.test(ta)) return ok(ta.toLowerCase());
  return err(
    `--ta: no TA is known by the name '${clip(ta)}': give its UUID, or the beginning of it${suggest(ta, knownNames())}`,
  );
}
