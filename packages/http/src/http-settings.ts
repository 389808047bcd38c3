// The settings that every request and response looks at, read once and again after one of them changed.

import { type Settings, fromSettings } from "@tsgo/core/conf";

const NAMES = [
  "ALLOWED_HOSTS",
  "DATA_UPLOAD_MAX_MEMORY_SIZE",
  "DATA_UPLOAD_MAX_NUMBER_FIELDS",
  "DATA_UPLOAD_MAX_NUMBER_FILES",
  "DEBUG",
  "DEFAULT_CHARSET",
  "FILE_UPLOAD_HANDLERS",
  "FILE_UPLOAD_MAX_MEMORY_SIZE",
  "FILE_UPLOAD_TEMP_DIR",
  "FORCE_SCRIPT_NAME",
  "SECURE_PROXY_SSL_HEADER",
  "USE_X_FORWARDED_HOST",
  "USE_X_FORWARDED_PORT",
] as const satisfies readonly (keyof Settings)[];

/** A snapshot of the settings: reading one of its properties costs nothing. */
export const httpSettings: () => Readonly<Pick<Settings, (typeof NAMES)[number]>> = fromSettings(
  (settings) =>
    Object.fromEntries(NAMES.map((name) => [name, settings[name]])) as Pick<Settings, (typeof NAMES)[number]>,
);
