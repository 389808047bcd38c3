import { closest } from "@tsgo/utils/nearest-name";

import { declarationOf, knownSettings } from "./schema/index.ts";

/** What is wrong with a setting. */
export interface SettingFault {
  readonly setting: string;
  /** One sentence. */
  readonly message: string;
}

/**
 * The wrong names and values in what a settings file gives.
 *
 * A name that is nearly one of tsgo's is taken for a slip; any other is the project's own setting.
 */
export function faultsOf(values: Readonly<Record<string, unknown>>): SettingFault[] {
  return Object.entries(values).flatMap(([setting, value]) => {
    const declared = declarationOf(setting);
    const messages = declared ? declared.kind.faults(value, setting) : faultsOfName(setting);
    return messages.map((message) => ({ setting, message }));
  });
}

function faultsOfName(name: string): string[] {
  if (!/^[A-Z][A-Z0-9_]*$/.test(name))
    return [`'${name}' is no name for a setting: they are in capitals (MY_SETTING).`];
  const near = nearestSetting(name);
  return near === undefined ? [] : [`There is no setting '${name}'. Did you mean '${near}'?`];
}

// A project's own names may resemble tsgo's (`CACHE_TIME`); only what differs by a letter or two is a slip.
function nearestSetting(name: string): string | undefined {
  const near = closest(name, knownSettings());
  return near !== undefined && Math.abs(near.length - name.length) <= 2 && sharesLetters(name, near) ? near : undefined;
}

function sharesLetters(a: string, b: string): boolean {
  const left = Array.from(b);
  let missing = 0;
  for (const letter of a) {
    const index = left.indexOf(letter);
    if (index < 0) missing += 1;
    else left.splice(index, 1);
  }
  return missing + left.length <= 2;
}
