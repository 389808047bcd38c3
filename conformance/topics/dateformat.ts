// Dates, times, durations and numbers as text, and back.

import { settings } from "@tsgo/core/conf";
import { type DateLike, format, timeFormat } from "@tsgo/utils/dateformat";
import { parseDate, parseDatetime, parseDuration, parseTime } from "@tsgo/utils/dateparse";
import { durationIsoString, durationMicroseconds, durationString } from "@tsgo/utils/duration";
import { timesince, timeuntil } from "@tsgo/utils/timesince";

import { type Calls, callTopic } from "../calls.ts";

const calls: Calls = {
  "utils.dateformat.format": (value: DateLike, letters: string) => format(value, letters, settings.TIME_ZONE),
  "utils.dateformat.time_format": (value: DateLike, letters: string) => timeFormat(value, letters, settings.TIME_ZONE),
  "utils.dateparse.parse_date": parseDate,
  "utils.dateparse.parse_datetime": parseDatetime,
  "utils.dateparse.parse_time": parseTime,
  "utils.dateparse.parse_duration": parseDuration,
  "utils.duration.duration_iso_string": durationIsoString,
  "utils.duration.duration_microseconds": durationMicroseconds,
  "utils.duration.duration_string": durationString,
  "utils.timesince.timesince": timesince,
  "utils.timesince.timeuntil": timeuntil,
};

export const topic = callTopic(calls, { stopClock: true });
