// Recorded operations on a QueryDict.

import { QueryDict } from "@tsgo/http/querydict";

type Operation = readonly [method: string, ...args: unknown[]];

/** What `http.QueryDict` records: what was parsed, or the results of some operations and what was left. */
export function queryDictFacts(query: string | Uint8Array, ...rest: unknown[]): unknown {
  const operations = rest.find((argument) => Array.isArray(argument)) as readonly Operation[] | undefined;
  const keywords = rest.find((argument) => typeof argument === "object" && !Array.isArray(argument));
  const dict = new QueryDict(query, { mutable: rest[0] === true, ...(keywords as object) });
  if (operations === undefined)
    return { lists: [...dict.lists()], urlencode: dict.urlencode(), last_values: [...dict.items()] };
  const results = operations.map(([method, ...args]) => attempt(dict, method, args));
  return { results, final: [...dict.lists()], urlencode: dict.urlencode() };
}

/** What `http.QueryDict.fromkeys` records. */
export function fromKeys(keys: readonly string[], value?: string): string {
  return QueryDict.fromKeys(keys, value).urlencode();
}

/** What `http.QueryDict.urlencode` records. */
export function urlencodeQuery(query: string, safe: string): string {
  return new QueryDict(query).urlencode(safe);
}

class KeyError extends Error {
  override readonly name = "KeyError";
}

const methods: Readonly<Record<string, (dict: QueryDict, ...args: never[]) => unknown>> = {
  __contains__: (dict, key: string) => dict.has(key),
  __delitem__: (dict, key: string) => {
    if (!dict.delete(key)) throw new KeyError(key);
  },
  __getitem__: (dict, key: string) => dict.getItem(key),
  __iter__: (dict) => [...dict.keys()],
  __len__: (dict) => dict.size,
  __setitem__: (dict, key: string, value: string) => void dict.set(key, value),
  appendlist: (dict, key: string, value: string) => dict.appendList(key, value),
  clear: (dict) => dict.clear(),
  copy: (dict) => dict.copy().urlencode(),
  dict: (dict) => dict.dict(),
  get: (dict, key: string, fallback: unknown) => dict.get(key, fallback),
  getlist: (dict, key: string, fallback: unknown[] = []) => (dict.has(key) ? dict.getList(key) : fallback),
  items: (dict) => [...dict.items()],
  keys: (dict) => [...dict.keys()],
  lists: (dict) => [...dict.lists()],
  pop: (dict, key: string, fallback: unknown) => dict.pop(key, fallback),
  popitem: (dict) => {
    const last = [...dict.lists()].at(-1);
    dict.popItem();
    return last;
  },
  setdefault: (dict, key: string, value: string) => dict.setDefault(key, value),
  setlist: (dict, key: string, values: string[]) => dict.setList(key, values),
  setlistdefault: (dict, key: string, values: string[]) => dict.setListDefault(key, values),
  update: (dict, other: Record<string, string>) => dict.update(other),
  urlencode: (dict, safe?: string) => dict.urlencode(safe),
  values: (dict) => [...dict.values()],
};

// What is immutable says so with an AttributeError in Python, with a TypeError here.
function attempt(dict: QueryDict, method: string, args: readonly unknown[]): unknown {
  const run = methods[method];
  if (run === undefined) throw new Error(`No such operation: ${method}`);
  try {
    return run(dict, ...(args as never[]));
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    return { error: name === "TypeError" ? "AttributeError" : name };
  }
}
