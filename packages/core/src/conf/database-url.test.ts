import { afterEach, describe, expect, test } from "vitest";

import { setProjectRoot } from "../loading/project-root.ts";
import { env } from "./env.ts";

const NAME = "TEST_DATABASE_URL";

afterEach(() => {
  delete process.env[NAME];
});

function read(url: string): unknown {
  process.env[NAME] = url;
  return env.databaseUrl(NAME);
}

describe("the URL of a database", () => {
  test.each([
    ["postgres://db/shop", { ENGINE: "postgresql", NAME: "shop", HOST: "db" }],
    [
      "postgresql://ada:secret@db.example.com:6432/shop",
      { ENGINE: "postgresql", NAME: "shop", USER: "ada", PASSWORD: "secret", HOST: "db.example.com", PORT: 6432 },
    ],
    ["pgsql://ada@DB/shop", { ENGINE: "postgresql", NAME: "shop", USER: "ada", HOST: "DB" }],
    ["mysql://root@127.0.0.1/shop", { ENGINE: "mysql", NAME: "shop", USER: "root", HOST: "127.0.0.1" }],
    ["mariadb://db:3307/shop", { ENGINE: "mariadb", NAME: "shop", HOST: "db", PORT: 3307 }],
  ])("%s", (url, entry) => {
    expect(read(url)).toEqual(entry);
  });

  test("has what it cannot hold as it is percent-encoded", () => {
    expect(read("postgres://a%40b:%2F%3F%23%40%3A%25%20%C3%A9@db/my%2Fshop%20%E2%82%AC")).toEqual({
      ENGINE: "postgresql",
      NAME: "my/shop €",
      USER: "a@b",
      PASSWORD: "/?#@:% é",
      HOST: "db",
    });
    expect(read("postgres://ada:p@ss+word@db/shop")).toMatchObject({ USER: "ada", PASSWORD: "p@ss+word" });
  });

  test("has addresses of IPv6 in brackets", () => {
    expect(read("postgres://[2001:db8::1]:5433/shop")).toMatchObject({ HOST: "2001:db8::1", PORT: 5433 });
  });

  test("has a socket as its host, or as an option", () => {
    expect(read("postgres://ada@%2Fvar%2Frun%2Fpostgresql/shop")).toMatchObject({ HOST: "/var/run/postgresql" });
    const entry = { ENGINE: "postgresql", NAME: "shop", HOST: "/var/run/postgresql" };
    expect(read("postgres:///shop?host=/var/run/postgresql")).toEqual(entry);
    expect(read("mysql://root@localhost/shop?unix_socket=/run/mysqld/mysqld.sock")).toMatchObject({
      HOST: "/run/mysqld/mysqld.sock",
    });
  });

  test("has options in its query, and settings of the connection", () => {
    expect(read("postgres://db/shop?sslmode=require&connect_timeout=10&keepAlive=true&x=007&CONN_MAX_AGE=60")).toEqual({
      ENGINE: "postgresql",
      NAME: "shop",
      HOST: "db",
      CONN_MAX_AGE: 60,
      OPTIONS: { sslmode: "require", connect_timeout: 10, keepAlive: true, x: "007" },
    });
    expect(read("sqlite://:memory:?timeout=3&atomic_requests=true")).toEqual({
      ENGINE: "sqlite",
      NAME: ":memory:",
      ATOMIC_REQUESTS: true,
      OPTIONS: { timeout: 3 },
    });
  });

  test("of SQLite is a file of the project, an absolute one, or memory", () => {
    setProjectRoot("/srv/shop");
    expect(read("sqlite:///db.sqlite3")).toEqual({ ENGINE: "sqlite", NAME: "/srv/shop/db.sqlite3" });
    expect(read("sqlite:///data/my%20db.sqlite3")).toMatchObject({ NAME: "/srv/shop/data/my db.sqlite3" });
    expect(read("sqlite:////var/lib/db.sqlite3")).toMatchObject({ NAME: "/var/lib/db.sqlite3" });
    for (const url of ["sqlite://:memory:", "sqlite://", "sqlite::memory:", "sqlite3:///:memory:"])
      expect(read(url)).toMatchObject({ NAME: ":memory:" });
  });

  test("may be left out where there is something else, and is asked for where there is not", () => {
    const entry = { ENGINE: "sqlite", NAME: "db" };
    expect(env.databaseUrl(NAME, entry)).toBe(entry);
    expect(env.databaseUrl(NAME, "postgres://db/shop")).toMatchObject({ ENGINE: "postgresql" });
    expect(() => env.databaseUrl(NAME)).toThrow(`The environment variable '${NAME}' is not set`);
  });

  test.each([
    ["", "does not begin with the kind"],
    ["hunter2", "does not begin with the kind"],
    ["postgers://u:hunter2@db/shop", "'postgers' is no kind of database that tsgo knows. Did you mean 'postgres'?"],
    ["https://u:hunter2@db/shop", "'https' is no kind"],
    ["__proto__://u:hunter2@db/shop", "does not begin"],
    ["constructor://u:hunter2@db/shop", "'constructor' is no kind"],
    ["postgres:u:hunter2@db/shop", "there must be '://'"],
    ["postgres://u:hunter2@db", "names no database"],
    ["postgres://u:hunter2@db/", "names no database"],
    ["postgres://u:12/hunter2@db/shop", "there is a '/' or '@' in the name of the database, or in the password"],
    ["postgres://u:12/hunter2@db", "there is a '/' or '@' in the name"],
    ["postgres://u:ab/hunter2@db/shop", "its host or port cannot be read"],
    ["postgres://u:ab?hunter2@db/shop", "its host or port cannot be read"],
    ["postgres://u:ab#hunter2@db/shop", "there is a '#' in it"],
    ["postgres://u:%zzhunter2@db/shop", "a '%' in its password"],
    ["postgres://u:hunter2@db:99999/shop", "its host or port cannot be read"],
    ["postgres://u:hunter2@db:port/shop", "its host or port cannot be read"],
    ["postgres://u:hunter2@[::1/shop", "its host or port cannot be read"],
    ["postgres://u:hunter2@db/shop?a=1&a=2", "the option 'a' is given twice"],
    ["postgres://u:hunter2@db/shop?__proto__=1", "'__proto__' is no option"],
  ])("that is wrong is refused without showing it: %s", (url, message) => {
    let failure: unknown;
    try {
      read(url);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ name: "ImproperlyConfigured" });
    const { message: shown, cause } = failure as Error;
    expect(cause).toBeUndefined();
    expect(shown).toContain(message);
    expect(shown).toContain(NAME);
    expect(shown).not.toContain("hunter2");
  });
});
