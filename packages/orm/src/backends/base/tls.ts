// Encryption of the way to a server, as libpq and the clients of MySQL name its modes.

import { readFileSync } from "node:fs";

import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { didYouMean } from "@tsgo/utils/nearest-name";

/** How far the server is trusted: not encrypted, encrypted, its certificate checked, its name too. */
export type TlsMode = "disable" | "require" | "verify-ca" | "verify-full";

/** The options that name files. */
export interface TlsFiles {
  readonly ca?: unknown;
  readonly cert?: unknown;
  readonly key?: unknown;
}

/** What the drivers hand on to `node:tls`. */
export interface TlsSettings {
  readonly rejectUnauthorized: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly checkServerIdentity?: () => undefined;
}

/** Finds the mode that an option names. @throws ImproperlyConfigured with the names that there are. */
export function tlsMode(option: string, value: unknown, modes: Readonly<Record<string, TlsMode>>): TlsMode {
  const mode =
    typeof value === "string" && Object.hasOwn(modes, value.toLowerCase()) ? modes[value.toLowerCase()] : undefined;
  if (mode !== undefined) return mode;
  const names = Object.keys(modes);
  // The drivers cannot try one way and then the other.
  const hint = typeof value === "string" ? didYouMean(value, names) : "";
  throw new ImproperlyConfigured(
    `OPTIONS.${option} must be one of ${names.map((name) => `'${name}'`).join(", ")}, not ${JSON.stringify(value)}.${hint}`,
  );
}

/** The driver's settings for a mode; false for none. */
export function tlsSettings(mode: TlsMode, files: TlsFiles): TlsSettings | false {
  if (mode === "disable") return false;
  return {
    // A certificate authority that is named is meant to be asked.
    rejectUnauthorized: mode !== "require" || files.ca !== undefined,
    ...(mode !== "verify-full" && { checkServerIdentity: () => undefined }),
    ...(files.ca !== undefined && { ca: contents("certificate authority", files.ca) }),
    ...(files.cert !== undefined && { cert: contents("certificate", files.cert) }),
    ...(files.key !== undefined && { key: contents("key", files.key) }),
  };
}

function contents(what: string, file: unknown): string {
  try {
    return readFileSync(String(file), "utf8");
  } catch (error) {
    throw new ImproperlyConfigured(
      `The file of the ${what} for a database cannot be read: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}
