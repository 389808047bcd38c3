// What the driver `mysql2` is told, from an entry of DATABASES.

import type { DatabaseSettings } from "../base/wrapper.ts";
import { type TlsMode, type TlsSettings, tlsMode, tlsSettings } from "../base/tls.ts";

const MODES: Readonly<Record<string, TlsMode>> = {
  disabled: "disable",
  required: "require",
  verify_ca: "verify-ca",
  verify_identity: "verify-full",
};

/** The options of MySQL's own client that a URL or a project of Django has are turned into those of the driver; others are the driver's own. */
export function connectionOptions({
  NAME,
  USER,
  PASSWORD,
  HOST = "",
  PORT,
  OPTIONS = {},
}: DatabaseSettings): Readonly<Record<string, unknown>> {
  const {
    pool: _pool,
    isolationLevel: _isolationLevel,
    initCommand: _initCommand,
    ssl_mode: sslMode,
    "ssl-mode": dashed,
    ssl_ca: ca,
    ssl_cert: cert,
    ssl_key: key,
    connect_timeout: timeout,
    ...own
  } = OPTIONS;
  const mode = sslMode ?? dashed ?? (ca === undefined ? undefined : "verify_ca");
  return {
    database: NAME,
    charset: "utf8mb4",
    supportBigNumbers: true,
    bigNumberStrings: false,
    dateStrings: true,
    // JSON is parsed where all databases' JSON is.
    jsonStrings: true,
    timezone: "Z",
    // As Django counts them: rows that were found, not only those that changed.
    flags: ["FOUND_ROWS"],
    multipleStatements: false,
    // A path is that of a socket.
    ...(HOST !== "" && (HOST.startsWith("/") ? { socketPath: HOST } : { host: HOST })),
    ...(PORT !== undefined && PORT !== "" && { port: Number(PORT) }),
    ...(USER !== undefined && USER !== "" && { user: USER }),
    ...(PASSWORD !== undefined && PASSWORD !== "" && { password: PASSWORD }),
    ...(mode !== undefined && { ssl: encryption(tlsMode("ssl_mode", mode, MODES), { ca, cert, key }) }),
    ...(timeout !== undefined && { connectTimeout: Number(timeout) * 1000 }),
    ...own,
  };
}

function encryption(
  mode: TlsMode,
  files: Parameters<typeof tlsSettings>[1],
): (TlsSettings & { verifyIdentity: boolean }) | false {
  const settings = tlsSettings(mode, files);
  return settings === false ? false : { ...settings, verifyIdentity: mode === "verify-full" };
}
