import { settingChanged } from "./setting-changed.ts";
import { type Settings, settings } from "./settings.ts";

/**
 * Gives a function that makes a value out of the settings when it is first called, and again after one of them has
 * changed. For what every request reads: in between it costs a call.
 *
 * @example
 * const appendSlash = fromSettings((settings) => settings.APPEND_SLASH);
 * appendSlash(); // true
 */
export function fromSettings<T>(make: (settings: Settings) => T): () => T {
  let current: { readonly value: T } | undefined;
  let listening = false;
  return () => {
    if (current === undefined) {
      // Connected at the first use, since importing a module must do nothing.
      if (!listening) {
        settingChanged.connect(() => {
          current = undefined;
        });
        listening = true;
      }
      current = { value: make(settings) };
    }
    return current.value;
  };
}
