import { expect, test } from "vitest";

import { Atom1Feed, Rss201rev2Feed, UnserializableContentError, getTagUri, rfc2822Date } from "./index.ts";

const info = { title: "News & <more>", link: "http://example.com/é", description: "d" };
const item = {
  title: "Item",
  link: "/1",
  description: "<p>x</p>",
  pubdate: new Date("2024-02-29T12:30:00Z"),
  authorName: "Ann",
  uniqueId: "u",
  uniqueIdIsPermalink: false,
  categories: ["c"],
  enclosures: [{ url: "/f.mp3", length: 5, mimeType: "audio/mpeg" }],
};

test("RSS has what was put in, escaped", () => {
  const feed = new Rss201rev2Feed({ ...info, feedUrl: "/feed", language: "en", ttl: 5 });
  feed.addItem(item);
  const xml = feed.writeString();
  for (const part of [
    "<title>News &amp; &lt;more&gt;</title><link>http://example.com/%C3%A9</link>",
    '<atom:link href="/feed" rel="self"/>',
    "<lastBuildDate>Thu, 29 Feb 2024 12:30:00 +0000</lastBuildDate><ttl>5</ttl>",
    '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Ann</dc:creator>',
    '<guid isPermaLink="false">u</guid><enclosure length="5" type="audio/mpeg" url="/f.mp3"/><category>c</category>',
  ]) {
    expect(xml).toContain(part);
  }
  feed.addItem({ ...item, enclosures: [...item.enclosures, ...item.enclosures] });
  expect(() => feed.writeString()).toThrow(RangeError);
});

test("Atom has what was put in, with authors and the latest date", () => {
  const feed = new Atom1Feed({ ...info, language: "de", authorName: "A", authorEmail: "a@b.c", categories: ["x"] });
  feed.addItem({ ...item, uniqueId: null, updateddate: new Date("2024-03-01T00:00:00Z") });
  const xml = feed.writeString();
  for (const part of [
    '<feed xml:lang="de" xmlns="http://www.w3.org/2005/Atom">',
    "<updated>2024-03-01T00:00:00+00:00</updated><author><name>A</name><email>a@b.c</email></author>",
    '<category term="x"/>',
    "<id>tag:,2024-02-29:/1/</id>",
  ]) {
    expect(xml).toContain(part);
  }
});

test("characters that XML does not have are refused", () => {
  const feed = new Atom1Feed({ ...info, title: "\u0000" });
  expect(() => feed.writeString()).toThrow(UnserializableContentError);
});

test("dates and tags", () => {
  expect(rfc2822Date(new Date(0))).toBe("Thu, 01 Jan 1970 00:00:00 +0000");
  expect(getTagUri("http://User@Example.ORG:80/a#b")).toBe("tag:example.org:/a/b");
});
