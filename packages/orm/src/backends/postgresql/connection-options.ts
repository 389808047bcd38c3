// What the driver `pg` is told, from an entry of DATABASES.

import type { DatabaseSettings } from "../base/wrapper.ts";
import { type TlsMode, tlsMode, tlsSettings } from "../base/tls.ts";

const MODES: Readonly<Record<string, TlsMode>> = {
  disable: "disable",
  require: "require",
  "verify-ca": "verify-ca",
  "verify-full": "verify-full",
};

/** The options of libpq that a URL or a project of Django has are turned into those of the driver; others are the driver's own. */
export function connectionOptions({
  NAME,
  USER,
  PASSWORD,
  HOST,
  PORT,
  OPTIONS = {},
}: DatabaseSettings): Readonly<Record<string, unknown>> {
  const {
    pool: _pool,
    isolationLevel: _isolationLevel,
    preparedStatements: _preparedStatements,
    sslrootcert,
    sslmode = sslrootcert === undefined ? undefined : "verify-ca",
    sslcert,
    sslkey,
    connect_timeout: timeout,
    ...own
  } = OPTIONS;
  const files = { ca: sslrootcert, cert: sslcert, key: sslkey };
  return {
    database: NAME,
    ...(HOST !== undefined && HOST !== "" && { host: HOST }),
    ...(PORT !== undefined && PORT !== "" && { port: Number(PORT) }),
    ...(USER !== undefined && USER !== "" && { user: USER }),
    ...(PASSWORD !== undefined && PASSWORD !== "" && { password: PASSWORD }),
    ...(sslmode !== undefined && { ssl: tlsSettings(tlsMode("sslmode", sslmode, MODES), files) }),
    ...(timeout !== undefined && { connectionTimeoutMillis: Number(timeout) * 1000 }),
    ...own,
  };
}
