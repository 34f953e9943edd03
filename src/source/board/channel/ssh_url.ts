// Reads a URL of ssh.
import { err, ok, type Result } from "../../../base/result.ts";

/** What a URL of ssh says. */
export interface SshTarget {
  readonly host: string;
  readonly user: string;
  readonly port: string;
  /** Files for -F and -i; empty for ssh's own. */
  readonly config: string;
  readonly identity: string;
}

const OPTIONS = ["config", "identity"] as const;

/** Reads `[USER@]HOST[:PORT][?config=FILE&identity=FILE]`, with or without `//` before it. */
export function readSshUrl(where: string): Result<SshTarget> {
  const [place = "", query = ""] = splitAt(where.replace(/^\/\//, "").replace(/\/$/, ""), "?");
  const at = place.lastIndexOf("@");
  const match = /^(\[[\da-fA-F:.]+(?:%\w+)?\]|[^\s:/[\]]+)(?::(\d{1,5}))?$/.exec(place.slice(at + 1));
  if (match === null) return err("expected ssh://[USER@]HOST[:PORT]");
  const host = (match[1] ?? "").replace(/^\[|\]$/g, "");
  const user = at < 0 ? "" : place.slice(0, at);
  if (host.startsWith("-") || user.startsWith("-")) return err("a host or user of ssh:// does not begin with '-'");
  if (user.includes(":")) return err("no password in ssh://; ssh asks for it");
  const options = new URLSearchParams(query);
  const unknown = [...options.keys()].find((name) => !OPTIONS.some((known) => known === name));
  if (unknown !== undefined) return err(`unknown option '${unknown}' of ssh://; known: ${OPTIONS.join(", ")}`);
  return ok({
    host,
    user,
    port: match[2] ?? "",
    config: options.get("config") ?? "",
    identity: options.get("identity") ?? "",
  });
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
