export { activate, deactivate, getCurrentTimezone, getDefaultTimezone, override } from "./active.ts";
