// `{% load humanize %}`: numbers and dates as people say them.

import { apnumber, intcomma, intword, naturalday, naturaltime, ordinal } from "@tsgo/i18n/humanize";
import { textForm } from "@tsgo/utils/text-form";

import { Library } from "../library/library.ts";

/** Makes the library `humanize`. */
export function humanizeLibrary(): Library {
  const register = new Library();
  register.filter("apnumber", apnumber, { isSafe: true });
  register.filter("intcomma", (value: unknown) => intcomma(value), { isSafe: true });
  register.filter("intword", intword, { isSafe: false });
  register.filter(
    "naturalday",
    (value: unknown, format?: unknown) => naturalday(value, format === undefined ? undefined : textForm(format)),
    {
      expectsLocaltime: true,
      argument: "optional",
    },
  );
  register.filter("naturaltime", naturaltime);
  register.filter("ordinal", ordinal, { isSafe: true });
  return register;
}
