// Which names a request may call the server by: a name that was bent to this address (DNS rebinding) is none of them.
import { isIP, isIPv6 } from "node:net";

/** The name in a Host header, in small letters, without port, brackets and a last dot; empty where there is none. */
export function hostName(header: string | undefined): string {
  const found = /^(?:\[([\da-f:.]{2,45})\]|([^:[\]/?#@\s]{1,253}))(?::\d{1,5})?$/i.exec(header ?? "");
  return (found?.[1] ?? found?.[2] ?? "").toLowerCase().replace(/\.$/, "");
}

/** True for an address, or `localhost`, that only this machine reaches. */
export function isLoopback(name: string): boolean {
  if (name === "localhost") return true;
  if (isIPv6(name)) return name === "::1" || /^::ffff:127\./.test(name);
  return isIP(name) === 4 && name.startsWith("127.");
}

/**
 * Tells which Host headers are meant for a server. `listening` is what it was told to listen on, `machine` are the machine's own
 * names. An address cannot be bent, so beyond this machine each is allowed: whoever sends it has reached us by it. Any port is
 * allowed, too, as a forwarded one is not ours.
 */
export function hostRule(listening: string, machine: readonly string[]): (header: string | undefined) => boolean {
  const own = hostName(isIPv6(listening) ? `[${listening}]` : listening);
  const names = new Set(["localhost", own, ...machine.map((name) => name.toLowerCase())]);
  const local = isLoopback(own);
  return (header) => {
    const name = hostName(header);
    if (local) return isLoopback(name);
    return isIP(name) !== 0 || (name !== "" && names.has(name));
  };
}
