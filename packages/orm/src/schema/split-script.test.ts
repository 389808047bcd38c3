import { expect, test } from "vitest";

import { splitScript } from "./split-script.ts";

test("a script is taken apart at its semicolons", () => {
  expect(splitScript("SELECT 1; SELECT 2;\n")).toEqual(["SELECT 1", "SELECT 2"]);
});

test("semicolons in texts, names and comments are part of a statement", () => {
  const script = `INSERT INTO "a;b" VALUES ('x;''y;'); -- done; really\nSELECT /* ; */ 1`;
  expect(splitScript(script)).toEqual([`INSERT INTO "a;b" VALUES ('x;''y;')`, "-- done; really\nSELECT /* ; */ 1"]);
});

test("the body of a function between dollars is one text", () => {
  const body = "CREATE FUNCTION f() RETURNS int AS $x$ BEGIN; RETURN 1; END; $x$ LANGUAGE plpgsql";
  expect(splitScript(`${body}; SELECT 1`)).toEqual([body, "SELECT 1"]);
});

test("the body of a trigger is part of its statement", () => {
  const trigger =
    "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = CASE WHEN c THEN 1 ELSE 2 END; DELETE FROM d; END";
  expect(splitScript(`${trigger}; SELECT 1;`)).toEqual([trigger, "SELECT 1"]);
});

test("comments alone are no statement", () => {
  expect(splitScript("-- nothing\n; /* nothing */ ;")).toEqual([]);
});
