import { configureSettings, overrideSettings } from "@tsgo/core/conf";
import { setProjectRoot } from "@tsgo/core/loading";
import { connections } from "@tsgo/orm/db";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { Client } from "./client.ts";

const inMemory = { ENGINE: "sqlite", NAME: ":memory:" };

beforeAll(() => {
  setProjectRoot(import.meta.dirname);
  configureSettings({
    SECRET_KEY: "test",
    ROOT_URLCONF: "testdata/notes/urls",
    MIDDLEWARE: ["testdata/notes/middleware:RescueMiddleware"],
    USE_I18N: false,
    DATABASES: { default: { ...inMemory, ATOMIC_REQUESTS: true }, archive: { ...inMemory, ATOMIC_REQUESTS: true } },
  });
});

beforeEach(async () => {
  await connections.get().execute("CREATE TABLE notes (text varchar(20))");
});

afterEach(() => connections.closeAll());

async function notes(): Promise<unknown[]> {
  return (await connections.get().execute("SELECT text FROM notes")).rows.flat();
}

describe("with ATOMIC_REQUESTS", () => {
  test("a view runs in a transaction on each database, middleware outside of it", async () => {
    const response = await new Client().get("/write/");
    expect(response.text).toBe("default true, archive true");
    expect(response.headers.get("X-Atomic")).toBe("false");
    expect((await new Client().get("/plain/")).text).toBe("default true, archive true");
    expect(await notes()).toEqual(["written"]);
  });

  test("what a view throws undoes what it wrote, before a middleware answers for it", async () => {
    const response = await new Client().get("/write/?then=throw");
    expect(response.text).toBe("rescued: broken view; false");
    await new Client().get("/write/?then=missing");
    expect(await notes()).toEqual([]);
  });

  test("a response keeps it, whatever its status", async () => {
    expect((await new Client().get("/write/?then=fail")).statusCode).toBe(500);
    expect(await notes()).toEqual(["written"]);
  });

  test("a view may do without: on the default database, or on another", async () => {
    const response = await new Client().get("/alone/");
    expect(response.text).toBe("rescued: default false, archive true; false");
    expect(await notes()).toEqual(["alone", "durable"]);
    expect((await new Client().get("/archive/")).text).toBe("default true, archive false");
  });

  test("the body of a stream is made outside of the transaction", async () => {
    const response = await new Client().get("/stream/");
    expect(response.text).toBe("default false, archive false");
    expect(await notes()).toEqual(["late"]);
  });

  test("requests side by side have transactions of their own", async () => {
    const client = new Client();
    await Promise.all(["", "?then=throw", "", "?then=missing"].map((query) => client.get(`/write/${query}`)));
    expect(await notes()).toEqual(["written", "written"]);
  });
});

test("without ATOMIC_REQUESTS there is no transaction around a view", async () => {
  await overrideSettings({ DATABASES: { default: inMemory, archive: inMemory } }, async () => {
    await connections.closeAll();
    await connections.get().execute("CREATE TABLE notes (text varchar(20))");
    await new Client().get("/write/?then=throw");
    expect(await notes()).toEqual(["written"]);
  });
});
