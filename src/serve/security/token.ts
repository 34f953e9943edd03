// The token that a server on the network asks for: in a link, then in a cookie, or as Authorization: Bearer.
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { err, ok, type Result } from "../../base/result.ts";

/** Shorter ones could be guessed. */
const LEAST_TOKEN = 16;
const BYTES = 24;

/** A token nobody guesses, of letters that a link takes as they are. */
export function newToken(): string {
  return randomBytes(BYTES).toString("base64url");
}

/** A token that a user chose. */
export function checkToken(token: string): Result<string> {
  if (token.length < LEAST_TOKEN) return err(`TEEMEM_TOKEN needs ${LEAST_TOKEN} characters or more`);
  if (!/^[\w.~+/=-]{1,512}$/.test(token)) return err("TEEMEM_TOKEN takes letters, digits and -._~+/= alone");
  return ok(token);
}

/** Lets requests in. */
export interface TokenGate {
  /** Value of the header Set-Cookie that lets a browser in from now on. It does not hold the token itself. */
  readonly cookie: string;
  /** Whether a request has the token, given each way: `authorization` and `cookie` are headers, `query` is `?token=` of its address. */
  admits(given: {
    readonly authorization: string | undefined;
    readonly cookie: string | undefined;
    readonly query: string | undefined;
  }): boolean;
}

/** The gate of a server; `name` is that of its cookie: ports of a host share their cookies. */
export function tokenGate(token: string, name: string): TokenGate {
  const pass = createHmac("sha256", token).update("teemem cookie").digest("base64url");
  return {
    cookie: `${name}=${pass}; HttpOnly; SameSite=Lax; Path=/`,
    admits({ authorization, cookie, query }) {
      const bearer = /^Bearer +([^\s]+)$/i.exec(authorization ?? "")?.[1];
      return equal(bearer, token) || equal(query, token) || equal(cookieValue(cookie, name), pass);
    },
  };
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  const pair = header?.split(";").find((one) => one.trimStart().startsWith(`${name}=`));
  return pair?.slice(pair.indexOf("=") + 1).trim();
}

/** Takes the same time whatever differs, the length too. */
function equal(given: string | undefined, expected: string): boolean {
  return given !== undefined && timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
