import { beforeAll, expect, test } from "vitest";

import { fromSettings } from "./from-settings.ts";
import { overrideSettings } from "./override-settings.ts";
import { configureSettings } from "./settings.ts";

beforeAll(() => {
  configureSettings({ APPEND_SLASH: true });
});

test("a value made from settings is made once, and anew after a setting has changed", () => {
  let made = 0;
  const appendSlash = fromSettings((settings) => {
    made += 1;
    return settings.APPEND_SLASH;
  });
  expect([appendSlash(), appendSlash(), made]).toEqual([true, true, 1]);
  overrideSettings({ APPEND_SLASH: false }, () => {
    expect([appendSlash(), appendSlash(), made]).toEqual([false, false, 2]);
  });
  expect([appendSlash(), made]).toEqual([true, 3]);
});
