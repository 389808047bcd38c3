// Dates, times, durations and numbers as text, and back.

import { settings } from "@tsgo/core/conf";
import {
  type NumberOptions,
  dateFormat,
  getFormat,
  localize,
  localizeInput,
  numberFormat,
  sanitizeSeparators,
} from "@tsgo/i18n/formats";
import { apnumber, intcomma, intword, naturalday, naturaltime, ordinal } from "@tsgo/i18n/humanize";
import { getFixedTimezone, localtime, makeAware, makeNaive } from "@tsgo/i18n/timezone";
import { type DateLike, format, timeFormat } from "@tsgo/utils/dateformat";
import { isDateLike } from "@tsgo/utils/dates";
import { parseDate, parseDatetime, parseDuration, parseTime } from "@tsgo/utils/dateparse";
import { durationIsoString, durationMicroseconds, durationString } from "@tsgo/utils/duration";
import type { NumberLike } from "@tsgo/utils/numberformat";
import { isPlainObject } from "@tsgo/utils/text-form";
import { type TimesinceOptions, timesince, timeuntil } from "@tsgo/utils/timesince";

import { type Calls, callTopic } from "../calls.ts";
import type { Case } from "../corpus.ts";

const calls: Calls = {
  "contrib.humanize.apnumber": apnumber,
  "contrib.humanize.intcomma": intcomma,
  "contrib.humanize.intword": intword,
  "contrib.humanize.naturalday": naturalday,
  "contrib.humanize.naturaltime": naturaltime,
  "contrib.humanize.ordinal": ordinal,
  "utils.formats.date_format": dateFormat,
  "utils.formats.get_format": getFormat,
  "utils.formats.localize": localize,
  "utils.formats.localize_input": localizeInput,
  "utils.formats.number_format": (value: NumberLike, ...rest: readonly (number | NumberOptions)[]) =>
    numberFormat(
      value,
      Object.assign({}, ...rest.map((item) => (typeof item === "number" ? { decimalPos: item } : item))),
    ),
  "utils.formats.sanitize_separators": sanitizeSeparators,
  "utils.timezone.get_fixed_timezone": getFixedTimezone,
  "utils.timezone.localtime": localtime,
  "utils.timezone.make_aware": makeAware,
  "utils.timezone.make_naive": makeNaive,
  "utils.dateformat.format": (value: DateLike, letters: string) => format(value, letters, settings.TIME_ZONE),
  "utils.dateformat.time_format": (value: DateLike, letters: string) => timeFormat(value, letters, settings.TIME_ZONE),
  "utils.dateparse.parse_date": parseDate,
  "utils.dateparse.parse_datetime": parseDatetime,
  "utils.dateparse.parse_time": parseTime,
  "utils.dateparse.parse_duration": parseDuration,
  "utils.duration.duration_iso_string": durationIsoString,
  "utils.duration.duration_microseconds": durationMicroseconds,
  "utils.duration.duration_string": durationString,
  "utils.timesince.timesince": (date: DateLike, ...rest: TimesinceRest) => timesince(date, ...timesinceArgs(rest)),
  "utils.timesince.timeuntil": (date: DateLike, ...rest: TimesinceRest) => timeuntil(date, ...timesinceArgs(rest)),
};

type TimesinceRest = readonly (DateLike | TimesinceOptions | null)[];

// `now` comes as the second argument, all else by name. Words of one's own are functions, which JSON cannot hold.
function timesinceArgs(rest: TimesinceRest): [DateLike | null, TimesinceOptions] {
  const options = rest.find((item): item is TimesinceOptions => item !== null && isPlainObject(item)) ?? {};
  const now = rest.find((item): item is DateLike => isDateLike(item)) ?? null;
  return [now, { ...(options.depth === undefined ? {} : { depth: options.depth }), timeZone: settings.TIME_ZONE }];
}

export const topic = callTopic(calls, { stopClock: true, leaveOut: hasFold });

// Temporal's readings cannot say which of two they are; makeAware() takes that as an option.
function hasFold({ input }: Case): string | undefined {
  const isMeant = input["fn"] === "utils.timezone.make_aware" && JSON.stringify(input["args"]).includes('"fold":1');
  return isMeant ? "a clock reading has no fold in Temporal" : undefined;
}
