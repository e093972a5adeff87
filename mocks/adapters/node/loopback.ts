/** Names and addresses that mean this machine. Only the forms that browsers and Node write: any other form is foreign. */
import { BlockList, isIP } from "node:net";

/** An IPv4-mapped address, such as `::ffff:127.0.0.1`, counts as its IPv4 address. */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Whether this is `localhost` or a loopback address, as a name to listen on or as a client's address. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  const version = isIP(bare);
  // A zone, as in `fe80::1%eth0`, belongs to a network.
  if (version === 0 || bare.includes("%")) return /^localhost$/i.test(host);
  return LOOPBACK.check(bare, version === 4 ? "ipv4" : "ipv6");
}

/**
 * Whether a header names this machine: `<host>` or `<host>:<port>`. A browser never sends a user name, a trailing dot, or an
 * address in decimal or octal form.
 */
export function isLoopbackHost(text: string): boolean {
  const [, host = ""] = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/.exec(text) ?? [];
  return (host.startsWith("[") || isIP(host) !== 6) && isLoopback(host);
}

/** The same for the header Origin: `<scheme>://<host>` or `<scheme>://<host>:<port>`. */
export function isLoopbackOrigin(text: string): boolean {
  const [, host] = /^[a-z][a-z\d+.-]*:\/\/(.*)$/i.exec(text) ?? [];
  return host !== undefined && isLoopbackHost(host);
}
