import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

// Settings are held by the process: every test gets modules of its own.
async function fresh() {
  vi.resetModules();
  return import("./index.ts");
}

let conf: Awaited<ReturnType<typeof fresh>>;
beforeEach(async () => {
  conf = await fresh();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("settings before they are configured", () => {
  test("name the environment variable that is missing", () => {
    vi.stubEnv("TSGO_SETTINGS_MODULE", undefined);
    expect(() => conf.settings.DEBUG).toThrow(/TSGO_SETTINGS_MODULE.*mysite\/settings.*configureSettings/s);
  });

  test("name `setup` where the variable is there", () => {
    vi.stubEnv("TSGO_SETTINGS_MODULE", "shop/settings");
    expect(() => conf.settings.DEBUG).toThrow(/await setup\(\).*'shop\/settings'/s);
  });

  test("can be awaited and inspected without being configured", async () => {
    await expect(Promise.resolve(conf.settings)).resolves.toBe(conf.settings);
  });
});

describe("configureSettings", () => {
  test("puts values over the defaults", () => {
    conf.configureSettings({ DEBUG: true });
    expect(conf.settings.DEBUG).toBe(true);
    expect(conf.settings.APPEND_SLASH).toBe(true);
    expect(conf.settings.FILE_UPLOAD_PERMISSIONS).toBe(0o644);
  });

  test("refuses to be called twice", () => {
    conf.configureSettings();
    expect(() => {
      conf.configureSettings();
    }).toThrow("configured already");
  });

  test.each([
    [{ INSTALED_APPS: [] }, "There is no setting 'INSTALED_APPS'. Did you mean 'INSTALLED_APPS'?"],
    [{ DEBUG: "yes" }, 'DEBUG must be true or false, not "yes".'],
    [{ ALLOWED_HOSTS: "example.com" }, 'ALLOWED_HOSTS must be a list, not "example.com".'],
    [{ ALLOWED_HOSTS: ["a", 5] }, "ALLOWED_HOSTS[1] must be a string, not 5."],
    [{ DATABASES: { default: { NAM: "x" } } }, "DATABASES.default has no key 'NAM'. Did you mean 'NAME'?"],
    [{ CACHES: { default: {} } }, "CACHES.default.BACKEND is missing; it must be a string."],
    [
      { SESSION_COOKIE_SAMESITE: "lax" },
      'SESSION_COOKIE_SAMESITE must be one of "Lax", "Strict", "None", false or null, not "lax".',
    ],
    [{ SESSION_COOKIE_AGE: -1 }, "SESSION_COOKIE_AGE must be a whole number, 0 or more, not -1."],
    [{ SECURE_PROXY_SSL_HEADER: ["a"] }, "SECURE_PROXY_SSL_HEADER must be a list of two or null, not a list."],
    [{ TIME_ZONE: "Mars/Olympus" }, 'TIME_ZONE must be the name of a time zone ("Europe/Berlin"), not "Mars/Olympus".'],
    [{ TIME_ZONE: "+02:00" }, "TIME_ZONE must be the name of a time zone"],
    [{ debug: true }, "'debug' is no name for a setting"],
  ])("refuses %j", (values, message) => {
    expect(() => {
      conf.configureSettings(values as object);
    }).toThrow(message);
  });

  test("takes settings of the project's own", () => {
    conf.configureSettings({ POLLS_PER_PAGE: 5, CACHE_TIME: 3 } as object);
    expect((conf.settings as unknown as { POLLS_PER_PAGE: number }).POLLS_PER_PAGE).toBe(5);
  });
});

function evil(text: string): object {
  return JSON.parse(text) as object;
}

describe("NODE-03: a key `__proto__` in settings", () => {
  test.each([
    '{"__proto__":{"DEBUG":true}}',
    '{"DATABASES":{"__proto__":{"HOST":"evil"}}}',
    '{"DATABASES":{"default":{"__proto__":{"HOST":"evil"}}}}',
    '{"CACHES":{"__proto__":{"BACKEND":"evil"}}}',
    '{"LOGGING":{"handlers":{"__proto__":{"class":"evil"}}}}',
    '{"TEMPLATES":[{"__proto__":{"BACKEND":"evil"}}]}',
  ])("is refused: %s", (text) => {
    expect(() => {
      conf.configureSettings(evil(text));
    }).toThrow("'__proto__'");
    conf.configureSettings();
    expect(() => conf.overrideSettings(evil(text))).toThrow("'__proto__'");
    expect(conf.settings.DEBUG).toBe(false);
    expect({}).not.toHaveProperty("DEBUG");
    expect({}).not.toHaveProperty("HOST");
  });
});

describe("settings", () => {
  beforeEach(() => {
    conf.configureSettings({ DEBUG: true });
  });

  test("tell the nearest name of one that does not exist", () => {
    expect(() => (conf.settings as unknown as { DEBUGG: unknown }).DEBUGG).toThrow("Did you mean 'DEBUG'?");
  });

  test("cannot be assigned", () => {
    expect(() => {
      (conf.settings as unknown as { DEBUG: boolean }).DEBUG = false;
    }).toThrow("use overrideSettings");
  });

  test("do not give an empty key", () => {
    expect(() => conf.settings.SECRET_KEY).toThrow("SECRET_KEY is empty");
    expect(conf.overrideSettings({ SECRET_KEY: "k" }, () => conf.settings.SECRET_KEY)).toBe("k");
  });

  test("list their names", () => {
    expect(Object.keys(conf.settings)).toContain("SECRET_KEY");
    expect("DEBUG" in conf.settings).toBe(true);
    expect("NOT_THERE" in conf.settings).toBe(false);
  });
});

describe("overrideSettings", () => {
  beforeEach(() => {
    conf.configureSettings({ DEBUG: true });
  });

  test("holds until the end of the block", () => {
    {
      using _ = conf.overrideSettings({ DEBUG: false });
      expect(conf.settings.DEBUG).toBe(false);
    }
    expect(conf.settings.DEBUG).toBe(true);
  });

  test("holds while a callback runs, and while its promise is pending", async () => {
    expect(conf.overrideSettings({ DEBUG: false }, () => conf.settings.DEBUG)).toBe(false);
    const seen = conf.overrideSettings({ DEBUG: false }, async () => {
      await Promise.resolve();
      return conf.settings.DEBUG;
    });
    expect(await seen).toBe(false);
    expect(conf.settings.DEBUG).toBe(true);
  });

  test("is undone when the callback throws", () => {
    expect(() =>
      conf.overrideSettings({ DEBUG: false }, () => {
        throw new Error("no");
      }),
    ).toThrow("no");
    expect(conf.settings.DEBUG).toBe(true);
  });

  test("nests, and ends in any order", () => {
    const outer = conf.overrideSettings({ DEBUG: false, APPEND_SLASH: false });
    const inner = conf.overrideSettings({ DEBUG: true });
    outer.disable();
    expect([conf.settings.DEBUG, conf.settings.APPEND_SLASH]).toEqual([true, true]);
    inner.disable();
    inner.disable();
    expect(conf.settings.DEBUG).toBe(true);
  });

  test("announces each change and its end", () => {
    const heard: unknown[] = [];
    conf.settingChanged.connect((change) => heard.push(change));
    conf.overrideSettings({ DEBUG: false }, () => undefined);
    expect(heard).toEqual([
      { setting: "DEBUG", value: false, enter: true },
      { setting: "DEBUG", value: true, enter: false },
    ]);
  });

  test("is undone when a receiver objects", () => {
    conf.settingChanged.connect(({ enter }) => {
      if (enter) throw new Error("cannot");
    });
    expect(() => conf.overrideSettings({ DEBUG: false })).toThrow("cannot");
    expect(conf.settings.DEBUG).toBe(true);
  });

  test("checks names and values too", () => {
    expect(() => conf.overrideSettings({ DEBUG: 1 } as object)).toThrow("DEBUG must be true or false, not 1.");
  });
});
