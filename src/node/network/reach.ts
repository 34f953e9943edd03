// With whom TAs may connect, and the addresses of a name.
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { err, ok, type Result } from "../../base/result.ts";
import type { SocketFailure } from "../../tee/kernel/host/socket_service.ts";

/** How far connections of TAs reach: this machine's loopback addresses, or all. */
export type Reach = "loopback" | "any";

/** An address to connect with. */
export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Addresses of no interface, and what a connection with them reaches. */
const ANY: ReadonlyMap<string, string> = new Map([
  ["0.0.0.0", "127.0.0.1"],
  ["::", "::1"],
]);

/** The addresses of a name or an address, in the order of the system. Within `loopback` no name but localhost is looked up. */
export async function addressesOf(
  host: string,
  version: 0 | 4 | 6,
  reach: Reach,
): Promise<Result<Address[], SocketFailure>> {
  if (reach === "loopback" && isIP(host) === 0 && host.toLowerCase() !== "localhost") return err("hostname");
  let found: Address[];
  try {
    found = (await lookup(host, { all: true, family: version, verbatim: true })) as Address[];
  } catch {
    return err("hostname");
  }
  const allowed = found.map(thisMachine).filter((address) => reach === "any" || isLoopback(address));
  return allowed.length === 0 ? err("unreachable") : ok(allowed);
}

/** The address of no interface means this machine to those who connect. */
function thisMachine(found: Address): Address {
  const here = ANY.get(found.address);
  return here === undefined ? found : { ...found, address: here };
}

function isLoopback({ address, family }: Address): boolean {
  return LOOPBACK.check(address, family === 6 ? "ipv6" : "ipv4");
}
