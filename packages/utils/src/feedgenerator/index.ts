export { Atom1Feed } from "./atom.ts";
export { getTagUri, rfc2822Date, rfc3339Date } from "./dates.ts";
export { type Enclosure, type FeedAuthor, type FeedInfo, type FeedItem, SyndicationFeed } from "./feed.ts";
export { Rss201rev2Feed, RssUserland091Feed } from "./rss.ts";
export { UnserializableContentError } from "./xml.ts";
