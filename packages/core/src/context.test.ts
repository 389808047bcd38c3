import { setImmediate } from "node:timers/promises";

import { describe, expect, test } from "vitest";

import { contextVar, isolateRequest, runInContext, runRequest } from "./context.ts";

const language = contextVar<string>("test.language");

describe("a context variable", () => {
  test("has the value of the innermost run, for what it calls and awaits", async () => {
    await language.run("de", async () => {
      await setImmediate();
      expect(language.run("fr", () => language.get())).toBe("fr");
      expect(language.get()).toBe("de");
    });
    expect(language.get()).toBeUndefined();
  });

  test("keeps what is set in a context of its own there", async () => {
    await runInContext(async () => {
      language.set("de");
      await setImmediate();
      expect(language.get()).toBe("de");
    });
    expect(language.get()).toBeUndefined();
  });
});

describe("requests", () => {
  // Each test must work whatever the ones before it made the process learn.
  test("NODE-54: what the first request sets is not seen by others, before and after it waits", async () => {
    const request = (own: string) =>
      runRequest(() => {
        isolateRequest();
        return (async () => {
          await setImmediate();
          language.set(own);
          await setImmediate();
          return language.get();
        })();
      });
    expect(await Promise.all([request("de"), request("fr"), request("it")])).toEqual(["de", "fr", "it"]);
    expect(language.get()).toBeUndefined();
    expect(await setImmediate(language.get())).toBeUndefined();
  });

  test("one that answers at once leaves nothing behind", async () => {
    const seen = await new Promise<string | undefined>((resolve) => {
      setTimeout(() => {
        runRequest(() => language.set("de"));
        runRequest(() => resolve(language.get()));
      });
    });
    expect(seen).toBeUndefined();
    expect(language.get()).toBeUndefined();
  });
});
