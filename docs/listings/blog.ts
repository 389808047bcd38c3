// The models that the guides on data speak of.

import { models } from "tsgo/db";

export class Author extends models.Model<Author>()({
  name: models.CharField({ maxLength: 100 }),
  email: models.EmailField({ unique: true }),
}) {
  declare entries: models.RelatedManager<Entry>;

  override toString(): string {
    return this.name;
  }
}

export class Tag extends models.Model<Tag>()({
  slug: models.SlugField({ primaryKey: true }),
}) {
  declare entries: models.ManyRelatedManager<Entry>;

  override toString(): string {
    return this.slug;
  }
}

export class Entry extends models.Model<Entry>()({
  headline: models.CharField({ maxLength: 255 }),
  body: models.TextField({ blank: true, default: "" }),
  status: models.CharField({
    maxLength: 1,
    choices: [
      ["d", "Draft"],
      ["p", "Published"],
    ],
    default: "d",
  }),
  pubDate: models.DateTimeField({ null: true }),
  rating: models.IntegerField({ default: 0 }),
  author: models.ForeignKey<Author>("blog.Author", { onDelete: models.CASCADE, relatedName: "entries" }),
  tags: models.ManyToManyField<Tag>("blog.Tag", { relatedName: "entries", blank: true }),
}) {
  static meta = { ordering: ["headline"] } satisfies models.Meta<Entry>;
  declare comments: models.RelatedManager<Comment>;

  isPublished(): boolean {
    return this.status === "p";
  }

  override toString(): string {
    return this.headline;
  }
}

export class Comment extends models.Model<Comment>()({
  entry: models.ForeignKey<Entry>("blog.Entry", { onDelete: models.CASCADE, relatedName: "comments" }),
  text: models.TextField(),
  stars: models.PositiveSmallIntegerField({ null: true }),
}) {
  override toString(): string {
    return this.text;
  }
}
