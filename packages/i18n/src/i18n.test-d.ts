// What the compiler must know and catch in the use of i18n.

import { Temporal } from "temporal-polyfill";

import { getFormat } from "./formats/index.ts";
import { makeAware } from "./timezone/index.ts";
import { gettext, ngettext, override } from "./translation/index.ts";

export function uses(): void {
  const date: string = getFormat("DATE_FORMAT");
  const first: number = getFormat("FIRST_DAY_OF_WEEK");
  const inputs: readonly string[] = getFormat("DATE_INPUT_FORMATS");
  const result: number = override("de", () => 5);
  const zoned: Temporal.ZonedDateTime = makeAware(Temporal.PlainDateTime.from("2024-01-01"));
  // @ts-expect-error -- a plural needs a count
  ngettext("one", "many");
  // @ts-expect-error -- an instant has no clock reading
  makeAware(new Date());
  // @ts-expect-error -- a reading is the first or the second
  makeAware(Temporal.PlainDateTime.from("2024-01-01"), "UTC", { fold: 2 });
  // @ts-expect-error -- texts are translated, not numbers
  gettext(5);
  void [date, first, inputs, result, zoned];
}
