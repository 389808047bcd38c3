// An application with each kind of inheritance. The exports come in the order of the alphabet, children before parents too.

import * as models from "../../index.ts";

class TimeStamped extends models.Model<TimeStamped>()({
  created: models.DateTimeField({ autoNowAdd: true }),
  note: models.CharField({ maxLength: 20, default: "" }),
}) {
  static meta = { abstract: true } satisfies models.Meta<TimeStamped>;

  age(): number {
    return Date.now() - this.created.getTime();
  }
}

export class Place extends TimeStamped.extend<Place>()({
  name: models.CharField({ maxLength: 50 }),
}) {
  static meta = { ordering: ["name"] } satisfies models.Meta<Place>;

  label(): string {
    return this.name.toUpperCase();
  }
}

export class Cafe extends Place.extend<Cafe>()({
  seats: models.IntegerField({ default: 4 }),
}) {
  static meta = { ordering: ["name"] } satisfies models.Meta<Cafe>;
}

export class BigCafe extends Cafe.extend<BigCafe>()({}) {
  static meta = { proxy: true, ordering: ["name"] } satisfies models.Meta<BigCafe>;

  isBig(): boolean {
    return this.seats > 10;
  }
}

export class Review extends TimeStamped.extend<Review>()({
  place: models.ForeignKey<Place>("Place", { onDelete: models.CASCADE }),
  stars: models.IntegerField(),
}) {
  static meta = { ordering: ["id"] } satisfies models.Meta<Review>;
}
