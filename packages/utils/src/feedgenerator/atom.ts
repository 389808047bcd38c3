// Feeds in Atom.

import { iriToUri } from "../encoding/uris.ts";
import { getTagUri, rfc3339Date } from "./dates.ts";
import { type FeedAuthor, type FeedItem, SyndicationFeed, XML_HEAD } from "./feed.ts";
import { element, wrap } from "./xml.ts";

/** A feed in Atom 1.0. Django: `Atom1Feed`. */
export class Atom1Feed extends SyndicationFeed {
  readonly contentType = "application/atom+xml; charset=utf-8";

  writeString(): string {
    const entries = this.items.map((item) => wrap("entry", itemElements(item).join("")));
    const attributes = { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": this.feed.language };
    return XML_HEAD + wrap("feed", [...this.#rootElements(), ...entries].join(""), attributes);
  }

  #rootElements(): string[] {
    const { title, link, feedUrl, feedGuid, subtitle, categories = [], feedCopyright } = this.feed;
    return [
      element("title", title),
      element("link", "", { rel: "alternate", href: link }),
      ...(feedUrl ? [element("link", "", { rel: "self", href: feedUrl })] : []),
      element("id", feedGuid ?? link),
      element("updated", rfc3339Date(this.latestPostDate())),
      ...author(this.feed),
      ...(subtitle ? [element("subtitle", subtitle)] : []),
      ...categories.map(category),
      ...(feedCopyright ? [element("rights", feedCopyright)] : []),
    ];
  }
}

function itemElements(item: FeedItem): string[] {
  const { title, link, description, pubdate, updateddate, uniqueId, enclosures = [], categories = [] } = item;
  return [
    element("title", title),
    element("link", "", { rel: "alternate", href: link }),
    ...(pubdate ? [element("published", rfc3339Date(pubdate))] : []),
    ...(updateddate ? [element("updated", rfc3339Date(updateddate))] : []),
    ...author(item),
    element("id", uniqueId ?? getTagUri(link, pubdate)),
    ...(description === null || description === undefined ? [] : [element("summary", description, { type: "html" })]),
    ...enclosures.map(({ url, length, mimeType }) =>
      element("link", "", { rel: "enclosure", href: iriToUri(url), length: String(length), type: mimeType }),
    ),
    ...categories.map(category),
    ...(item.itemCopyright ? [element("rights", item.itemCopyright)] : []),
  ];
}

function author({ authorName, authorEmail, authorLink }: FeedAuthor): string[] {
  if (!authorName) return [];
  const parts = [element("name", authorName)];
  if (authorEmail) parts.push(element("email", authorEmail));
  if (authorLink) parts.push(element("uri", iriToUri(authorLink)));
  return [wrap("author", parts.join(""))];
}

function category(term: unknown): string {
  return element("category", "", { term: String(term) });
}
