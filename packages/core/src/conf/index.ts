// The settings: where they are defined, read, and put aside for a test.

export { defineSettings } from "./define-settings.ts";
export { environmentWithoutDotenv } from "./dotenv.ts";
export { env } from "./env.ts";
export { fromSettings } from "./from-settings.ts";
export { type SettingsOverride, overrideSettings } from "./override-settings.ts";
export { type SettingChange, settingChanged } from "./setting-changed.ts";
export {
  type Settings,
  type SettingsInput,
  configureSettings,
  defaultSettings,
  givenSettings,
  isConfigured,
  settings,
} from "./settings.ts";
