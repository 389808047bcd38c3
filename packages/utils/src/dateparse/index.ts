export { parseDate, parseDatetime, parseTime } from "./dates.ts";
export { parseDuration } from "./durations.ts";
