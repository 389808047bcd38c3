// What the compiler must catch in the use of caches.

import { cache } from "./index.ts";

export async function uses(): Promise<void> {
  const fallback: string = await cache.getOrSet("k", async () => "v");
  const value: number | undefined = await cache.get<number>("k");
  await cache.set("k", { fallback, value }, { timeout: null, version: 2 });
  // @ts-expect-error -- an entry may be missing
  const certain: number = await cache.get<number>("k");
  // @ts-expect-error -- seconds are a number
  await cache.set("k", certain, { timeout: "5" });
  // @ts-expect-error -- a key is text
  await cache.get(5);
}
