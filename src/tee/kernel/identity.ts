// Who a client is: TEE_Identity, as OP-TEE 4.0.0 core/tee/entry_std.c takes it and Linux's drivers/tee/tee_core.c makes it.
import type { CryptoProvider } from "./host/provider.ts";

/** How a client says who it is: TEE_LOGIN_…. */
export const LOGIN = {
  PUBLIC: 0,
  USER: 1,
  GROUP: 2,
  APPLICATION: 4,
  APPLICATION_USER: 5,
  APPLICATION_GROUP: 6,
  REE_KERNEL: 0x80000000,
  TRUSTED_APP: 0xf0000000,
} as const;

/** A client, as a TA sees it. */
export interface Identity {
  /** One of `LOGIN`. */
  readonly login: number;
  /** Lower case with dashes; of zeros where the login says nothing. */
  readonly uuid: string;
}

/** A client of which nothing is known. */
export const ANYBODY: Identity = { login: LOGIN.PUBLIC, uuid: "00000000-0000-0000-0000-000000000000" };

/** The namespace of Linux's client UUIDs, 58ac9ca0-2086-4683-a1b8-ec4bc08e01b6. */
const NAMESPACE = Uint8Array.from([
  0x58, 0xac, 0x9c, 0xa0, 0x20, 0x86, 0x46, 0x83, 0xa1, 0xb8, 0xec, 0x4b, 0xc0, 0x8e, 0x01, 0xb6,
]);

/** What the name of a login's user or group begins with. */
const PREFIX: Readonly<Record<number, string>> = { [LOGIN.USER]: "uid=", [LOGIN.GROUP]: "gid=" };

/**
 * What Linux tells the TEE of a client that logs in as a user or group: `id` is that one's number, which the client has
 * checked. null for logins that Linux does not know, and where the system has no SHA-1.
 */
export function linuxIdentity(crypto: CryptoProvider | undefined, login: number, id: number): Identity | null {
  if (login === LOGIN.PUBLIC) return ANYBODY;
  const prefix = PREFIX[login];
  const sha1 = crypto?.hash("sha1");
  if (prefix === undefined || !sha1) return null;
  sha1.update(NAMESPACE);
  sha1.update(new TextEncoder().encode(`${prefix}${id.toString(16)}`));
  return { login, uuid: nameUuid(sha1.digest()) };
}

/** The UUID of a name, version 5 of RFC 4122, from the digest of its namespace and itself. */
function nameUuid(digest: Uint8Array): string {
  const bytes = digest.slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
