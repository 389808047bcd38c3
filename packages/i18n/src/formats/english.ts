// How English is written, in the American way.

import type { Formats } from "./modules.ts";

/** Groups of three digits; everything else is what the settings have by default. */
export const english: Partial<Formats> = {
  DATE_FORMAT: "N j, Y",
  TIME_FORMAT: "P",
  DATETIME_FORMAT: "N j, Y, P",
  YEAR_MONTH_FORMAT: "F Y",
  MONTH_DAY_FORMAT: "F j",
  SHORT_DATE_FORMAT: "m/d/Y",
  SHORT_DATETIME_FORMAT: "m/d/Y P",
  FIRST_DAY_OF_WEEK: 0,
  DECIMAL_SEPARATOR: ".",
  THOUSAND_SEPARATOR: ",",
  NUMBER_GROUPING: 3,
};
