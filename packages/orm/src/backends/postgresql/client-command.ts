import { ImproperlyConfigured } from "@tsgo/core/exceptions";

import { type ClientCommand, given } from "../base/client-command.ts";
import type { DatabaseSettings } from "../base/wrapper.ts";

/** `psql`, which is told everything by the environment: as an argument, a name with `=` in it would be read as a list of options. */
export function clientCommands(
  { NAME, USER, PASSWORD, HOST, PORT, OPTIONS = {} }: DatabaseSettings,
  parameters: readonly string[],
): readonly ClientCommand[] {
  const env = given({
    PGDATABASE: NAME,
    PGUSER: USER,
    PGPASSWORD: PASSWORD,
    PGHOST: HOST,
    PGPORT: PORT,
    PGSERVICE: OPTIONS["service"],
    PGPASSFILE: OPTIONS["passfile"],
    PGSSLMODE: OPTIONS["sslmode"] ?? sslMode(OPTIONS["ssl"]),
    PGSSLROOTCERT: OPTIONS["sslrootcert"],
    PGSSLCERT: OPTIONS["sslcert"],
    PGSSLKEY: OPTIONS["sslkey"],
  });
  return [{ program: "psql", args: parameters, env }];
}

/** The mode that goes with the driver's own option. */
function sslMode(ssl: unknown): string | undefined {
  if (ssl === undefined || typeof ssl === "string") return ssl;
  if (typeof ssl !== "object" || ssl === null) return ssl === true ? "verify-full" : "disable";
  const inside = ["ca", "cert", "key"].find((name) => name in ssl);
  if (inside !== undefined)
    throw new ImproperlyConfigured(
      `psql reads certificates from files, and OPTIONS.ssl.${inside} is one itself. Name the files in OPTIONS: sslmode, sslrootcert, sslcert, sslkey.`,
    );
  return (ssl as { readonly rejectUnauthorized?: unknown }).rejectUnauthorized === false ? "require" : "verify-full";
}
