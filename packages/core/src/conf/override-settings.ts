import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { faultsOf } from "./check-settings.ts";
import { settingChanged } from "./setting-changed.ts";
import { type SettingsInput, store } from "./settings.ts";

/** Settings that are in force until `disable` is called, or until the end of the block that `using` is in. */
export interface SettingsOverride extends Disposable {
  /** Restores what was before. Calling it again does nothing. */
  disable(): void;
}

/**
 * Puts other settings in force for a while, for the whole process. Answers to Django's `override_settings`.
 *
 * @example
 * using _ = overrideSettings({ DEBUG: true });
 * await overrideSettings({ DEBUG: true }, async () => { ... }); // restored when the promise has settled
 */
export function overrideSettings(values: SettingsInput): SettingsOverride;
export function overrideSettings<R>(values: SettingsInput, callback: () => R): R;
export function overrideSettings<R>(values: SettingsInput, callback?: () => R): R | SettingsOverride {
  const override = enable(values);
  return callback ? callThenDisable(callback, override) : override;
}

function enable(values: SettingsInput): SettingsOverride {
  const faults = faultsOf(values);
  if (faults.length > 0) throw new ImproperlyConfigured(faults.map(({ message }) => message).join(" "));
  if (!store.isConfigured) void store.values; // throws with what to do

  const layer = { ...values };
  let enabled = true;
  const disable = (): void => {
    if (!enabled) return;
    enabled = false;
    store.remove(layer);
    announce(layer, false);
  };
  store.add(layer);
  try {
    announce(layer, true);
  } catch (error) {
    disable();
    throw error;
  }
  return { disable, [Symbol.dispose]: disable };
}

function announce(layer: Readonly<Record<string, unknown>>, enter: boolean): void {
  for (const setting of Object.keys(layer)) settingChanged.send({ setting, value: store.values[setting], enter });
}

function callThenDisable<R>(callback: () => R, override: SettingsOverride): R {
  let result: R;
  try {
    result = callback();
  } catch (error) {
    override.disable();
    throw error;
  }
  if (!(result instanceof Promise)) {
    override.disable();
    return result;
  }
  return result.finally(() => {
    override.disable();
  }) as R;
}
