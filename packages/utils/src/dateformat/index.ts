export type { DateLike } from "../dates/moment.ts";
export { format, processZone, timeFormat } from "./format.ts";
