import { readFileSync } from "node:fs";
import { relative } from "node:path";

import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { importModule } from "../loading/import-module.ts";
import { projectRoot } from "../loading/project-root.ts";
import { resolveModule } from "../loading/resolve.ts";
import type { SettingFault } from "./check-settings.ts";
import { loadDotenv } from "./dotenv.ts";
import { type SettingsInput, store } from "./settings.ts";

/**
 * Loads `.env` and then the module that TSGO_SETTINGS_MODULE names. Does nothing where the settings are configured.
 * Throws ImproperlyConfigured where the variable is missing or wrong, the module fails to load, or a name or value
 * in it is wrong.
 */
export async function loadSettings(): Promise<void> {
  if (store.isConfigured) return;
  loadDotenv(projectRoot());
  const reference = process.env["TSGO_SETTINGS_MODULE"];
  if (!reference) void store.values; // throws with what to do
  await loadFrom(reference ?? "");
}

async function loadFrom(reference: string): Promise<void> {
  const module = await importModule(reference, { from: "TSGO_SETTINGS_MODULE" });
  const values = readDefault(module, reference);
  store.configure(values, (faults) => describeFaults(faults, resolveModule(reference)), reference);
}

// Each with the line it stands in, as far as the settings are written there as such.
function describeFaults(faults: readonly SettingFault[], file: string): string {
  const lines = readFileSync(file, "utf8").split("\n");
  const place = relative(projectRoot(), file);
  return faults
    .map(({ setting, message }) => {
      const index = lines.findIndex((line) => /^\s*["']?(.*?)["']?\s*[:,]/.exec(line)?.[1] === setting);
      return `${index < 0 ? place : `${place}:${index + 1}`}: ${message}`;
    })
    .join("\n");
}

function readDefault(module: Readonly<Record<string, unknown>>, reference: string): SettingsInput {
  const values = module["default"];
  if (typeof values === "object" && values !== null) return values;
  throw new ImproperlyConfigured(
    `The settings module '${reference}' has no settings: write \`export default defineSettings({ ... })\` in it.`,
  );
}
