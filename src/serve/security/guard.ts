// Stands before every route: Host, Origin, method, token, in this order.
import type { MiddlewareHandler } from "hono";
import { SAFE_HEADERS } from "./headers.ts";
import { isOwnOrigin } from "./origins.ts";
import type { TokenGate } from "./token.ts";

/** What is checked. */
export interface GuardRules {
  /** Whether a Host header is meant for us. */
  readonly host: (header: string | undefined) => boolean;
  /** Null where no token is asked for. */
  readonly gate: TokenGate | null;
}

const METHODS = ["GET", "HEAD", "POST"];

/** Refuses what may not pass, with one sentence; marks every answer as safe to show. */
export function guard({ host, gate }: GuardRules): MiddlewareHandler {
  return async (c, next) => {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) c.header(name, value);
    const { method, path } = c.req;
    const header = (name: string): string | undefined => c.req.header(name);
    // The address of a request line that is whole overrides the header.
    if (!host(header("host")) || !host(new URL(c.req.url).host))
      return c.text("This server is not known by that name.\n", 421);
    const [site, mode] = [header("sec-fetch-site"), header("sec-fetch-mode")];
    if (!isOwnOrigin({ method, path, host: header("host"), origin: header("origin"), site, mode }))
      return c.text("Only the page of this server may ask for that.\n", 403);
    if (!METHODS.includes(method)) {
      c.header("Allow", METHODS.join(", "));
      return c.text("That method is not known here.\n", 405);
    }
    if (gate === null) return next();
    const query = method === "POST" ? undefined : c.req.query("token");
    if (!gate.admits({ authorization: header("authorization"), cookie: header("cookie"), query })) {
      c.header("WWW-Authenticate", "Bearer");
      return c.text("Open the link that 'teemem serve' printed, or send its token as Authorization: Bearer.\n", 401);
    }
    if (path !== "/" || query === undefined) return next();
    // The token leaves the address, and so the history of the browser.
    c.header("Set-Cookie", gate.cookie);
    return c.redirect("./", 303);
  };
}
