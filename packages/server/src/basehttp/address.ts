import { isIPv6 } from "node:net";

import { CommandError } from "@tsgo/core/management";

/** Where `runserver` listens. */
export interface ServerAddress {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly ipv6: boolean;
}

const DEFAULT_PORT = 8080;
const ADDRESS_AND_PORT =
  /^(?:(?<host>\d{1,3}(?:\.\d{1,3}){3}|\[[a-fA-F\d:.]+\]|[a-zA-Z](?:[a-zA-Z\d-]*[a-zA-Z\d])?(?:\.[a-zA-Z\d-]+)*):)?(?<port>\d+)$/;

/**
 * Reads `[addr:]port`, an IPv6 address in brackets. Without an address it is the machine itself.
 *
 * @throws CommandError for anything else.
 */
export function parseAddress(text: string | undefined, useIpv6: boolean): ServerAddress {
  if (text === undefined) return { host: useIpv6 ? "::1" : "127.0.0.1", port: DEFAULT_PORT, ipv6: useIpv6 };
  const groups = ADDRESS_AND_PORT.exec(text)?.groups;
  if (!groups) throw new CommandError(`'${text}' is not a valid port number or address:port pair.`);
  const port = Number(groups["port"]);
  if (port > 65_535) throw new CommandError(`'${text}' is not a valid port number: ports end at 65535.`);
  const written = groups["host"];
  const host = written?.startsWith("[") ? written.slice(1, -1) : written;
  if (host === undefined) return { host: useIpv6 ? "::1" : "127.0.0.1", port, ipv6: useIpv6 };
  const ipv6 = isIPv6(host);
  if (useIpv6 && /^[\d.]+$/.test(host)) throw new CommandError(`'${host}' is not a valid IPv6 address.`);
  return { host, port, ipv6: ipv6 || useIpv6 };
}

/** The address as it stands in a URL. */
export function displayHost(address: Pick<ServerAddress, "host">): string {
  return isIPv6(address.host) ? `[${address.host}]` : address.host;
}

/** One clear sentence for an error of `listen`. */
export function listenError(error: unknown, address: ServerAddress): CommandError {
  const place = `${displayHost(address)}:${address.port}`;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const reason =
    code === "EADDRINUSE"
      ? "that port is already in use."
      : code === "EACCES"
        ? "you have no permission for that port. Ports below 1024 are the system's."
        : code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EINVAL"
          ? "this machine has no such address."
          : error instanceof Error
            ? error.message
            : String(error);
  return new CommandError(`Cannot serve at ${place}: ${reason}`, { cause: error });
}
