import type { SettingsInput } from "./settings.ts";

/**
 * What a settings file exports by default: names and values checked by the compiler here, and again when the
 * file is loaded, since a project also runs unchecked.
 *
 * @example
 * export default defineSettings({ DEBUG: env.boolean("DEBUG", false), INSTALLED_APPS: ["polls"] });
 */
export function defineSettings(values: SettingsInput): SettingsInput {
  return values;
}
