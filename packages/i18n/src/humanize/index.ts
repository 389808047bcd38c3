export { naturalday, naturaltime } from "./dates.ts";
export { apnumber, intcomma, intword, ordinal } from "./numbers.ts";
