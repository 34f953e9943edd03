// Which pages a request may come from: our own.

/** What a browser says of the page behind a request. */
interface RequestOrigin {
  readonly method: string;
  readonly path: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site and Sec-Fetch-Mode. */
  readonly site: string | undefined;
  readonly mode: string | undefined;
}

/**
 * True where a request comes from our own page, or from no page. What changes something has to say so: browsers send `Origin` with
 * it, and other programs can. A link on another site may lead to the page itself.
 */
export function isOwnOrigin({ method, path, host, origin, site, mode }: RequestOrigin): boolean {
  const reads = method === "GET" || method === "HEAD";
  if (origin === undefined) {
    if (!reads) return false;
  } else if (!sameHost(origin, host)) return false;
  if (site === undefined || site === "same-origin" || site === "none") return true;
  return reads && path === "/" && mode === "navigate";
}

/** Compares host and port alone: a proxy before us may speak HTTPS. The usual port may be left out. */
function sameHost(origin: string, host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(origin)) return false;
  const { protocol, host: from } = new URL(origin);
  if (protocol !== "http:" && protocol !== "https:") return false;
  const own = `${protocol}//${host}`;
  return URL.canParse(own) && new URL(own).host === from;
}
