export { isAware } from "@tsgo/utils/dates";

export { activate, deactivate, getCurrentTimezone, getDefaultTimezone, override, usesTimezones } from "./active.ts";
export {
  type Aware,
  getFixedTimezone,
  localdate,
  localtime,
  makeAware,
  makeNaive,
  now,
  templateLocaltime,
} from "./convert.ts";
