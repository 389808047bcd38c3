import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { importModule } from "../loading/import-module.ts";
import { projectRoot } from "../loading/project-root.ts";
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
  const module = await importModule(reference ?? "", { from: "TSGO_SETTINGS_MODULE" });
  store.configure(readDefault(module, reference ?? ""), reference);
}

function readDefault(module: Readonly<Record<string, unknown>>, reference: string): SettingsInput {
  const values = module["default"];
  if (typeof values === "object" && values !== null) return values;
  throw new ImproperlyConfigured(
    `The settings module '${reference}' has no settings: write \`export default defineSettings({ ... })\` in it.`,
  );
}
