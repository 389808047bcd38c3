import { ValidationError } from "@tsgo/core/exceptions";
import { describe, expect, test } from "vitest";

import { Choice, Group, pollsModels } from "../testdata/polls.ts";
import { createTables, register, useDatabase } from "../testdata/database.ts";
import * as models from "./index.ts";

useDatabase("polls", ...pollsModels);

class Booking extends models.Model<Booking>()({
  room: models.CharField({ maxLength: 3 }),
  seats: models.IntegerField({ default: 1 }),
  status: models.CharField({
    maxLength: 1,
    default: "o",
    choices: [
      ["o", "Open"],
      ["c", "Closed"],
    ],
  }),
}) {
  static meta = {
    constraints: [
      new models.UniqueConstraint({ fields: ["room", "seats"], name: "booking_once" }),
      new models.CheckConstraint({ condition: new models.Q({ seats__gt: 0 }), name: "booking_seats" }),
    ],
  } satisfies models.Meta<Booking>;

  override clean(): void {
    if (this.room === "bad") throw new ValidationError({ room: "not this one" });
  }
}

async function errorsOf(row: { fullClean(): Promise<void> }): Promise<Record<string, string[]>> {
  try {
    await row.fullClean();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return Object.fromEntries(
      Object.entries(error.errorDict ?? {}).map(([name, errors]) => [name, errors.map(({ code }) => code)]),
    );
  }
  return {};
}

describe("fullClean()", () => {
  test("tells everything that is wrong, by field", async () => {
    register("bookings", Booking);
    await createTables(Booking);
    expect(await errorsOf(new Booking({ room: "1" }))).toEqual({});
    expect(await errorsOf(new Booking({ room: "", status: "x" as never, seats: null as never }))).toEqual({
      room: ["blank"],
      status: ["invalid_choice"],
      seats: ["null"],
    });
    expect(Object.keys(await errorsOf(new Booking({ room: "bad" })))).toEqual(["room"]);
    await Booking.objects.create({ room: "1" });
    expect(await errorsOf(new Booking({ room: "1" }))).toEqual({ __all__: ["unique_together"] });
    expect(await errorsOf(await Booking.objects.get({ pk: 1 }))).toEqual({});
    expect(await errorsOf(new Booking({ room: "2", seats: 0 }))).toEqual({ __all__: [""] });
  });

  test("says of a constraint what it says of unique fields", async () => {
    await createTables(Booking);
    await Booking.objects.create({ room: "1" });
    await expect(new Booking({ room: "1" }).fullClean()).rejects.toThrow(
      "Booking with this Room and Seats already exists.",
    );
  });

  test("looks for rows with the same value, and for the row that a key refers to", async () => {
    await Group.objects.create({ name: "g" });
    expect(await errorsOf(new Group({ name: "g" }))).toEqual({ name: ["unique"] });
    expect(await errorsOf(new Choice({ questionId: 9, choiceText: "x" }))).toEqual({ question: ["invalid"] });
  });

  test("knows how a choice is called", () => {
    expect(new Booking({ room: "1", status: "c" }).getStatusDisplay()).toBe("Closed");
  });
});
