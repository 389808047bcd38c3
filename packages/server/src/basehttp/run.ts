import { listenError } from "./address.ts";
import type { RequestListener } from "./get-internal-wsgi-application.ts";
import { WSGIServer, type WSGIServerOptions } from "./wsgi-server.ts";

export interface RunOptions extends WSGIServerOptions {
  readonly ipv6?: boolean;
  /** Told when the server listens, with the port that it got. */
  readonly onListening?: (port: number) => void | Promise<void>;
  /** Ends the server: requests that are begun are still answered. */
  readonly signal?: AbortSignal;
}

/**
 * Serves until `signal` ends it. Answers to Django's `run`.
 *
 * @param port 0 for any that is free.
 * @throws CommandError where the address cannot be listened on.
 */
export async function run(
  host: string,
  port: number,
  wsgiHandler: RequestListener,
  options: RunOptions = {},
): Promise<void> {
  const { ipv6 = false, onListening, signal, ...serverOptions } = options;
  const server = new WSGIServer(wsgiHandler, serverOptions);
  const actual = await server.listen({ host, port, ipv6Only: ipv6 }).catch((error: unknown): never => {
    throw listenError(error, { host, port, ipv6 });
  });
  await onListening?.(actual);
  await new Promise<void>((resolve) => {
    signal?.addEventListener("abort", () => resolve(), { once: true });
  });
  await server.close();
}
