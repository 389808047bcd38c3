// The only place where single cases are left out. Each entry says why tsgo answers otherwise on purpose.

/** Ids of cases by topic, with the reason. "It is hard" is none. */
export const leftOut: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
