import { EventEmitter, once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { configureSettings, isConfigured, overrideSettings } from "@tsgo/core/conf";
import { runInContext } from "@tsgo/core/context";
import { getTextList } from "@tsgo/utils/text";
import { useTranslator } from "@tsgo/utils/translation";
import { mo, po } from "gettext-parser";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import {
  activate,
  deactivate,
  deactivateAll,
  getLanguage,
  getLanguageBidi,
  gettext,
  gettextLazy,
  getLanguageInfo,
  ngettext,
  ngettextLazy,
  npgettext,
  override,
  pgettext,
  prepareTranslations,
  toLanguage,
  toLocale,
} from "./index.ts";

const german = String.raw`msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Yes"
msgstr "Ja"

msgid "or"
msgstr "oder"

msgctxt "verb"
msgid "open"
msgstr "öffnen"

msgid "one day"
msgid_plural "%d days"
msgstr[0] "ein Tag"
msgstr[1] "%d Tage"

#, fuzzy
msgid "guess"
msgstr "geraten"

msgid "empty"
msgstr ""

msgid ""
"two\n"
"lines"
msgstr "zwei Zeilen"
`;

const austrian = german.replace("Ja", "Jo");
const french =
  'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Yes"\nmsgstr "Oui"\n\nmsgid "only"\nmsgstr "seul"\n';
const folders: string[] = [];

function catalogueFolder(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), "tsgo-locale-"));
  folders.push(folder);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
  return folder;
}

async function withCatalogues(files: Record<string, string | Uint8Array>, run: () => void): Promise<void> {
  using _ = overrideSettings({ LOCALE_PATHS: [catalogueFolder(files)] });
  await prepareTranslations();
  run();
}

beforeAll(() => {
  if (!isConfigured()) configureSettings({ LANGUAGE_CODE: "en" });
});

afterEach(() => {
  deactivate();
  useTranslator(undefined);
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const files = {
  "de/LC_MESSAGES/django.po": german,
  "de_AT/LC_MESSAGES/django.po": austrian,
  "fr/LC_MESSAGES/django.po": french,
};

test("texts are translated into the language in force, and stay where there is no translation", async () => {
  await withCatalogues(files, () => {
    override("de", () => {
      expect(gettext("Yes")).toBe("Ja");
      expect(gettext("No")).toBe("No");
      expect(pgettext("verb", "open")).toBe("öffnen");
      expect(pgettext("adjective", "open")).toBe("open");
      expect(ngettext("one day", "%d days", 1)).toBe("ein Tag");
      expect(ngettext("one day", "%d days", 3)).toBe("%d Tage");
      expect(npgettext("ctx", "one day", "%d days", 3)).toBe("%d Tage");
      expect(gettext("")).toBe("");
      expect(gettext("two\r\nlines")).toBe("zwei Zeilen");
    });
    expect(gettext("Yes")).toBe("Yes");
  });
});

test("guesses and empty translations do not count", async () => {
  await withCatalogues(files, () => {
    override("de", () => {
      expect(gettext("guess")).toBe("guess");
      expect(gettext("empty")).toBe("empty");
    });
  });
});

test("a variant falls back to its language, and to the language of the settings, but English to nothing", async () => {
  using _ = overrideSettings({ LANGUAGE_CODE: "fr" });
  await withCatalogues(files, () => {
    expect(override("de-at", () => [gettext("Yes"), gettext("or"), gettext("only")])).toEqual(["Jo", "oder", "seul"]);
    expect(override("de-ch", () => gettext("Yes"))).toBe("Ja");
    expect(override("en", () => gettext("Yes"))).toBe("Yes");
    expect(gettext("Yes")).toBe("Oui");
  });
});

test("compiled catalogues are read where there is no source", async () => {
  const compiled = (mo as unknown as { compile(file: unknown): Uint8Array }).compile(po.parse(Buffer.from(german)));
  await withCatalogues({ "de/LC_MESSAGES/django.mo": compiled }, () => {
    expect(override("de", () => ngettext("one day", "%d days", 2))).toBe("%d Tage");
  });
});

test("the texts of utils are translated too", async () => {
  await withCatalogues(files, () => {
    expect(override("de", () => getTextList(["a", "b"]))).toBe("a oder b");
  });
});

test("a broken plural rule is reported when the catalogue is read", async () => {
  using _ = overrideSettings({
    LOCALE_PATHS: [catalogueFolder({ "de/LC_MESSAGES/django.po": german.replace("(n != 1)", "process.exit(1)") })],
  });
  await expect(prepareTranslations()).rejects.toThrow(SyntaxError);
});

test("lazy texts follow the language of the moment when they are read", async () => {
  await withCatalogues(files, () => {
    const lazy = gettextLazy("Yes");
    expect(String(lazy)).toBe("Yes");
    expect(override("de", () => `${lazy.toString()} ${JSON.stringify(lazy)}`)).toBe('Ja "Ja"');
    expect(override("de", () => String(ngettextLazy("one day", "%d days", 2)))).toBe("2 Tage");
  });
});

test("what a request activates is not seen outside of it", async () => {
  const seen: (string | null)[] = [];
  const bothInside = new EventEmitter();
  const entered = once(bothInside, "entered");
  const request = async (language: string, isLast: boolean) =>
    runInContext(async () => {
      activate(language);
      if (isLast) bothInside.emit("entered");
      await entered;
      seen.push(getLanguage());
    });
  await Promise.all([request("de", false), request("ar", true)]);
  expect(seen).toEqual(["de", "ar"]);
  expect(getLanguage()).toBe("en");
});

test("translation can be turned off", async () => {
  await withCatalogues(files, () => {
    override("de", () => {
      deactivateAll();
      expect(getLanguage()).toBeNull();
      expect(gettext("Yes")).toBe("Yes");
      deactivate();
    });
  });
  using _ = overrideSettings({ USE_I18N: false });
  expect(override("de", getLanguage)).toBe("en");
});

test("languages are known by their names", () => {
  expect(getLanguageInfo("de-at")).toEqual({
    code: "de",
    name: "German",
    nameLocal: "Deutsch",
    nameTranslated: "German",
    bidi: false,
  });
  expect(getLanguageInfo("zh-cn").code).toBe("zh-hans");
  expect(override("ar-dz", getLanguageBidi)).toBe(true);
  expect(getLanguageBidi()).toBe(false);
  for (const code of ["xx", "constructor", "__proto__"])
    expect(() => getLanguageInfo(code)).toThrow("Unknown language");
});

test("codes and locales turn into each other", () => {
  expect(toLocale("zh-hans-cn")).toBe("zh_Hans-cn");
  expect(toLocale("pt-BR")).toBe("pt_BR");
  expect(toLanguage("pt_BR")).toBe("pt-br");
});
