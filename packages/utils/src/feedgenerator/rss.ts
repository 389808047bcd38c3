// Feeds in the versions of RSS.

import { rfc2822Date } from "./dates.ts";
import { type FeedItem, SyndicationFeed, XML_HEAD } from "./feed.ts";
import { element, wrap } from "./xml.ts";

abstract class RssFeed extends SyndicationFeed {
  readonly contentType = "application/rss+xml; charset=utf-8";
  protected abstract readonly version: string;

  writeString(): string {
    const items = this.items.map((item) => wrap("item", this.itemElements(item).join("")));
    const channel = wrap("channel", [...this.#rootElements(), ...items].join(""));
    return XML_HEAD + wrap("rss", channel, { version: this.version, "xmlns:atom": "http://www.w3.org/2005/Atom" });
  }

  protected abstract itemElements(item: FeedItem): string[];

  #rootElements(): string[] {
    const { title, link, description, feedUrl, language, categories = [], feedCopyright, ttl } = this.feed;
    return [
      element("title", title),
      element("link", link),
      element("description", description),
      ...(feedUrl ? [element("atom:link", "", { rel: "self", href: feedUrl })] : []),
      ...optional("language", language),
      ...categories.map((category) => element("category", category)),
      ...optional("copyright", feedCopyright),
      element("lastBuildDate", rfc2822Date(this.latestPostDate())),
      ...optional("ttl", ttl),
    ];
  }
}

function optional(name: string, content: unknown): string[] {
  return content === null || content === undefined ? [] : [element(name, content)];
}

/** A feed in RSS 0.91: titles, links and descriptions only. Django: `RssUserland091Feed`. */
export class RssUserland091Feed extends RssFeed {
  protected readonly version = "0.91";

  protected itemElements({ title, link, description }: FeedItem): string[] {
    return [element("title", title), element("link", link), ...optional("description", description)];
  }
}

/** A feed in RSS 2.0. Django: `Rss201rev2Feed`. */
export class Rss201rev2Feed extends RssFeed {
  protected readonly version = "2.0";

  /** @throws RangeError for an item with several enclosures: RSS has one. */
  protected itemElements(item: FeedItem): string[] {
    const { title, link, description, pubdate, comments, ttl, enclosures = [], categories = [] } = item;
    if (enclosures.length > 1) {
      throw new RangeError(
        "An item of an RSS feed may have one enclosure only, see https://www.rssboard.org/rss-profile.",
      );
    }
    return [
      element("title", title),
      element("link", link),
      ...optional("description", description),
      ...author(item),
      ...(pubdate ? [element("pubDate", rfc2822Date(pubdate))] : []),
      ...optional("comments", comments),
      ...guid(item),
      ...optional("ttl", ttl),
      ...enclosures.map(({ url, length, mimeType }) =>
        element("enclosure", "", { url, length: String(length), type: mimeType }),
      ),
      ...categories.map((category) => element("category", category)),
    ];
  }
}

function author({ authorName, authorEmail }: FeedItem): string[] {
  if (authorName && authorEmail) return [element("author", `${authorEmail} (${authorName})`)];
  if (authorEmail) return [element("author", authorEmail)];
  return authorName ? [element("dc:creator", authorName, { "xmlns:dc": "http://purl.org/dc/elements/1.1/" })] : [];
}

function guid({ uniqueId, uniqueIdIsPermalink }: FeedItem): string[] {
  if (uniqueId === null || uniqueId === undefined) return [];
  const isPermalink = typeof uniqueIdIsPermalink === "boolean" ? String(uniqueIdIsPermalink) : null;
  return [element("guid", uniqueId, { isPermaLink: isPermalink })];
}
