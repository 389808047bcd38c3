import { boolean, count, either, listOf, nullable, oneOf, pair, text, timeZone } from "../kinds.ts";
import { setting } from "../setting.ts";
import { languages, rightToLeft } from "./languages.ts";

/** Languages, time zones, and how dates and numbers are written. */
export const locale = {
  /** Turns translation on. */
  USE_I18N: setting(boolean, true),
  /** The language where nothing else is known. */
  LANGUAGE_CODE: setting(text, "en-us"),
  /** The languages to choose from: [code, name] each. */
  LANGUAGES: setting(listOf(pair(text, text)), languages),
  /** Languages written from right to left. */
  LANGUAGES_BIDI: setting(listOf(text), rightToLeft),
  /** Seconds that the language cookie lives; null for the browser's session. */
  LANGUAGE_COOKIE_AGE: setting(nullable(count), null),
  /** Domain of the language cookie. */
  LANGUAGE_COOKIE_DOMAIN: setting(nullable(text), null),
  /** Hides the language cookie from scripts. */
  LANGUAGE_COOKIE_HTTPONLY: setting(boolean, false),
  /** Name of the language cookie: Django's, so that a site on both keeps its visitors' choice. */
  LANGUAGE_COOKIE_NAME: setting(text, "django_language"),
  /** Path of the language cookie. */
  LANGUAGE_COOKIE_PATH: setting(text, "/"),
  /** SameSite of the language cookie; null for none. */
  LANGUAGE_COOKIE_SAMESITE: setting(nullable(oneOf("Lax", "Strict", "None", false)), null),
  /** Sends the language cookie over https only. */
  LANGUAGE_COOKIE_SECURE: setting(boolean, false),
  /** Folders with translations, beside those of the applications. */
  LOCALE_PATHS: setting(listOf(text), []),

  /** Keeps dates with times as instants, and shows them in the zone that is active. */
  USE_TZ: setting(boolean, true),
  /** The zone of the site, an IANA name. */
  TIME_ZONE: setting(timeZone, "America/Chicago"),

  /** Modules with formats of the project's own. */
  FORMAT_MODULE_PATH: setting(nullable(either(text, listOf(text))), null),
  DATE_FORMAT: setting(text, "N j, Y"),
  DATETIME_FORMAT: setting(text, "N j, Y, P"),
  TIME_FORMAT: setting(text, "P"),
  YEAR_MONTH_FORMAT: setting(text, "F Y"),
  MONTH_DAY_FORMAT: setting(text, "F j"),
  SHORT_DATE_FORMAT: setting(text, "m/d/Y"),
  SHORT_DATETIME_FORMAT: setting(text, "m/d/Y P"),
  /** How a date may be typed, tried in turn. */
  DATE_INPUT_FORMATS: setting(listOf(text), [
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m/%d/%y",
    "%b %d %Y",
    "%b %d, %Y",
    "%d %b %Y",
    "%d %b, %Y",
    "%B %d %Y",
    "%B %d, %Y",
    "%d %B %Y",
    "%d %B, %Y",
  ]),
  /** How a time may be typed, tried in turn. */
  TIME_INPUT_FORMATS: setting(listOf(text), ["%H:%M:%S", "%H:%M:%S.%f", "%H:%M"]),
  /** How a date with a time may be typed, tried in turn. */
  DATETIME_INPUT_FORMATS: setting(listOf(text), [
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S.%f",
    "%m/%d/%Y %H:%M",
    "%m/%d/%y %H:%M:%S",
    "%m/%d/%y %H:%M:%S.%f",
    "%m/%d/%y %H:%M",
  ]),
  /** 0 is Sunday, 1 Monday. */
  FIRST_DAY_OF_WEEK: setting(oneOf(0, 1, 2, 3, 4, 5, 6), 0),
  DECIMAL_SEPARATOR: setting(text, "."),
  THOUSAND_SEPARATOR: setting(text, ","),
  /** Digits between thousand separators; a list (`[3, 2, 0]`) for groups of different lengths. */
  NUMBER_GROUPING: setting(either(count, listOf(count)), 0),
  /** Groups the digits of numbers. */
  USE_THOUSAND_SEPARATOR: setting(boolean, false),
};
