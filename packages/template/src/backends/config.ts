import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { didYouMean } from "@tsgo/utils/nearest-name";

import type { BackendConfig } from "./backend.ts";

const KEYS = ["BACKEND", "NAME", "DIRS", "APP_DIRS", "OPTIONS"];

/**
 * Reads TEMPLATES.
 *
 * @throws ImproperlyConfigured where an entry is wrong or two have one name.
 */
export function readConfigs(templates: readonly Readonly<Record<string, unknown>>[]): BackendConfig[] {
  const configs = templates.map(readConfig);
  for (const [index, { NAME }] of configs.entries()) {
    if (configs.findIndex((other) => other.NAME === NAME) === index) continue;
    throw new ImproperlyConfigured(
      `TEMPLATES[${index}] has the name '${NAME}' of another engine. Give it a NAME of its own.`,
    );
  }
  return configs;
}

function readConfig(entry: Readonly<Record<string, unknown>>, index: number): BackendConfig {
  const place = `TEMPLATES[${index}]`;
  const wrong = Object.keys(entry).find((key) => !KEYS.includes(key));
  if (wrong !== undefined)
    throw new ImproperlyConfigured(`${place} has the unknown key '${wrong}'.${didYouMean(wrong, KEYS)}`);
  const { BACKEND, NAME, DIRS = [], APP_DIRS = false, OPTIONS = {} } = entry;
  if (typeof BACKEND !== "string" || BACKEND === "") {
    throw new ImproperlyConfigured(`${place} needs a BACKEND: 'django', 'nunjucks', or a reference to a class.`);
  }
  if (!Array.isArray(DIRS) || !DIRS.every((folder) => typeof folder === "string")) {
    throw new ImproperlyConfigured(`${place}.DIRS must be a list of folders.`);
  }
  if (typeof APP_DIRS !== "boolean") throw new ImproperlyConfigured(`${place}.APP_DIRS must be true or false.`);
  if (typeof OPTIONS !== "object" || OPTIONS === null)
    throw new ImproperlyConfigured(`${place}.OPTIONS must be an object.`);
  const name = typeof NAME === "string" ? NAME : BACKEND;
  return { BACKEND, NAME: name, DIRS, APP_DIRS, OPTIONS: OPTIONS as Readonly<Record<string, unknown>> };
}
