// The media type of a file by its name.

import mime from "mime";

// Files that are compressed as a whole go out as what they are: a browser is not to unpack them on the way.
const COMPRESSED: Readonly<Record<string, string>> = {
  br: "application/x-brotli",
  bz2: "application/x-bzip",
  gz: "application/gzip",
  svgz: "application/gzip",
  taz: "application/gzip",
  tbz2: "application/x-bzip",
  tgz: "application/gzip",
  txz: "application/x-xz",
  tz: "application/gzip",
  xz: "application/x-xz",
  z: "application/x-compress",
};

/** The media type that a file's name stands for; undefined where it stands for none. */
export function mimeTypeOf(filename: string): string | undefined {
  const dot = filename.lastIndexOf(".");
  if (dot < 0) return undefined;
  const extension = filename.slice(dot + 1).toLowerCase();
  if (Object.hasOwn(COMPRESSED, extension)) return COMPRESSED[extension];
  return mime.getType(extension) ?? undefined;
}
