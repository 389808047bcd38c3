import { didYouMean } from "@tsgo/utils/nearest-name";

import { ImproperlyConfigured } from "../exceptions/configuration.ts";
import { type BuiltinSettings, knownSettings, schema } from "./schema/index.ts";
import { type SettingFault, faultsOf } from "./check-settings.ts";

/**
 * Every setting by name. Applications add their own by declaration merging:
 *
 * @example
 * declare module "tsgo/conf" {
 *   interface Settings { readonly POLLS_PER_PAGE: number }
 * }
 */
export interface Settings extends BuiltinSettings {}

/** What a settings file gives: those that differ from the defaults. */
export type SettingsInput = { readonly [K in keyof Settings]?: Settings[K] };

type Values = Readonly<Record<string, unknown>>;

type DescribeFaults = (faults: readonly SettingFault[]) => string;

/** What is known of the settings: nothing, or the project's values with the overrides that are in force. */
class SettingsStore {
  #configured: Values | undefined;
  #overrides: readonly Values[] = [];
  #effective: Values | undefined;
  /** Where the values came from; undefined for `configureSettings`. */
  #module: string | undefined;

  /** All values in force. Throws ImproperlyConfigured where there are none yet. */
  get values(): Values {
    this.#effective ??= this.#merge();
    return this.#effective;
  }

  get isConfigured(): boolean {
    return this.#configured !== undefined;
  }

  get module(): string | undefined {
    return this.#module;
  }

  /** The values that the project gave, without the defaults. */
  get given(): Values {
    return Object.assign({}, this.#configured, ...this.#overrides) as Values;
  }

  /** `describe` says what is wrong, and where. */
  configure(values: SettingsInput, describe: DescribeFaults, module?: string): void {
    if (this.#configured) throw new ImproperlyConfigured("The settings are configured already.");
    const faults = faultsOf(values);
    if (faults.length > 0) throw new ImproperlyConfigured(describe(faults));
    this.#configured = { ...values };
    this.#module = module;
  }

  add(overrides: Values): void {
    this.#overrides = [...this.#overrides, overrides];
    this.#effective = undefined;
  }

  remove(overrides: Values): void {
    this.#overrides = this.#overrides.filter((other) => other !== overrides);
    this.#effective = undefined;
  }

  #merge(): Values {
    if (!this.#configured) throw new ImproperlyConfigured(howToConfigure());
    const values = Object.create(null) as Record<string, unknown>;
    for (const [name, { default: value }] of Object.entries(schema)) values[name] = value;
    return Object.assign(values, this.#configured, ...this.#overrides) as Values;
  }
}

function howToConfigure(): string {
  const module = process.env["TSGO_SETTINGS_MODULE"];
  return module
    ? `The settings were read before they were loaded. Call \`await setup()\` first; it loads '${module}'.`
    : "The settings are not configured. Set the environment variable TSGO_SETTINGS_MODULE to the settings module " +
        '(such as "mysite/settings") and call `await setup()`, or call `configureSettings({ ... })`.';
}

// What is signed with no key at all can be forged by everybody, so nothing may be.
const NO_KEY = "The setting SECRET_KEY is empty. Give it a long random value, and keep it secret.";

/** Holds the values behind `settings`. Internal: programs use `settings`, `setup` and `overrideSettings`. */
export const store = new SettingsStore();

/**
 * The settings in force: what TSGO_SETTINGS_MODULE gives, over the defaults. They can be read once `setup()` has
 * run; reading them earlier throws ImproperlyConfigured with what to do. Reading is cheap but not free: what runs
 * at every request reads once, and again on `settingChanged`.
 *
 * @example
 * if (settings.DEBUG) console.log(settings.ALLOWED_HOSTS);
 */
export const settings: Settings = new Proxy({} as Settings, {
  get(_target, name) {
    // `then` and what inspectors ask for are no settings, and must not throw.
    if (typeof name === "symbol" || !/^[A-Z]/.test(name)) return undefined;
    const { values } = store;
    const value = values[name];
    if (value === undefined && !(name in values))
      throw new ImproperlyConfigured(`There is no setting '${name}'.${didYouMean(name, Object.keys(values))}`);
    if (name === "SECRET_KEY" && value === "") throw new ImproperlyConfigured(NO_KEY);
    return value;
  },
  has: (_target, name) => typeof name === "string" && name in store.values,
  ownKeys: () => Object.keys(store.values),
  getOwnPropertyDescriptor: (_target, name) =>
    typeof name === "string" && name in store.values
      ? { value: store.values[name], enumerable: true, configurable: true, writable: false }
      : undefined,
  set(_target, name) {
    throw new TypeError(`Settings cannot be assigned (${String(name)}); use overrideSettings in tests.`);
  },
});

/**
 * Gives the settings directly, without a module: for tests and scripts. Answers to Django's
 * `settings.configure`. Throws ImproperlyConfigured for a wrong name or value, and the second time.
 */
export function configureSettings(values: SettingsInput = {}): void {
  store.configure(values, (faults) => `The settings: ${faults.map(({ message }) => message).join(" ")}`);
}

/** Whether settings have been loaded or configured. */
export function isConfigured(): boolean {
  return store.isConfigured;
}

/** The settings that the project itself gave, and the module they came from. */
export function givenSettings(): { readonly module: string | undefined; readonly values: Values } {
  return { module: store.module, values: store.given };
}

/** The default of every setting. */
export function defaultSettings(): BuiltinSettings {
  const pairs = knownSettings().map((name) => [name, schema[name as keyof typeof schema].default] as const);
  return Object.fromEntries(pairs) as unknown as BuiltinSettings;
}
