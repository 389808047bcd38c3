import { Signal } from "../signals/index.ts";

/** A setting takes another value: `enter` is true where an override begins and false where it ends. */
export interface SettingChange {
  readonly setting: string;
  /** The value from now on. */
  readonly value: unknown;
  readonly enter: boolean;
}

/**
 * Sent for each setting that `overrideSettings` changes or restores. What keeps something made from settings
 * (an engine, a compiled pattern) drops it here. Answers to Django's `setting_changed`.
 */
export const settingChanged = new Signal<SettingChange>();
