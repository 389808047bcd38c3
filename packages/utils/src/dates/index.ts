export {
  type DateLike,
  type Moment,
  type MomentKind,
  isAware,
  isDateLike,
  momentKind,
  readMoment,
  readingOf,
} from "./moment.ts";
export {
  monthAbbreviation,
  monthAlternativeName,
  monthName,
  monthShortName,
  weekdayName,
  weekdayShortName,
} from "./names.ts";
export { type LocalOffset, abbreviationAt, assertZone, formatOffset, offsetAt, offsetOfReading } from "./zones.ts";
