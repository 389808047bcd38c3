// Attributes of Python's own types that templates written for Django use: `dict.items`, `date.year`, `str.upper`.

import { isPlainObject } from "@tsgo/utils/text-form";

type Attributes<T> = Readonly<Record<string, (value: T) => unknown>>;

const OF_STRINGS: Attributes<string> = {
  upper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  title: (text) => text.toLowerCase().replaceAll(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1)),
  capitalize: (text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase(),
  strip: (text) => text.trim(),
  lstrip: (text) => text.trimStart(),
  rstrip: (text) => text.trimEnd(),
  split: (text) => text.split(/\s+/).filter((word) => word !== ""),
  splitlines: (text) => text.replace(/\r?\n$/, "").split(/\r?\n/),
  isdigit: (text) => /^\p{Nd}+$/u.test(text),
};

const OF_OBJECTS: Attributes<object> = {
  items: (object) => Object.entries(object),
  keys: (object) => Object.keys(object),
  values: (object) => Object.values(object),
};

const OF_MAPS: Attributes<ReadonlyMap<unknown, unknown>> = {
  items: (map) => [...map],
  keys: (map) => [...map.keys()],
  values: (map) => [...map.values()],
};

const OF_DATES: Attributes<Date> = {
  year: (date) => date.getFullYear(),
  month: (date) => date.getMonth() + 1,
  day: (date) => date.getDate(),
  hour: (date) => date.getHours(),
  minute: (date) => date.getMinutes(),
  second: (date) => date.getSeconds(),
};

/** What a name means on a value of one of these kinds, or undefined. */
export function pythonAttribute(owner: string | object, name: string): unknown {
  if (typeof owner === "string") return read(OF_STRINGS, owner, name);
  if (owner instanceof Map) return read(OF_MAPS, owner, name);
  if (owner instanceof Date) return read(OF_DATES, owner, name);
  return isPlainObject(owner) ? read(OF_OBJECTS, owner, name) : undefined;
}

function read<T>(attributes: Attributes<T>, owner: T, name: string): unknown {
  return Object.hasOwn(attributes, name) ? attributes[name]?.(owner) : undefined;
}
