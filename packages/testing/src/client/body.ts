/** What can be sent: the fields of a form (a list sends its name several times), JSON, a text, or bytes. */
export type RequestData = string | Uint8Array | Readonly<Record<string, unknown>>;

/** Bytes to send, and what they are. */
export interface EncodedBody {
  readonly contentType: string;
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** The type of forms that can hold files, and what is sent where nothing else is said. */
export const MULTIPART = "multipart/form-data";
const URLENCODED = "application/x-www-form-urlencoded";

/** Encodes data as its type asks. Throws a TypeError for an object of a type that has no encoding here. */
export function encodeBody(data: RequestData, contentType: string): EncodedBody {
  if (typeof data === "string" || data instanceof Uint8Array) return { contentType, body: data };
  if (/^application\/(?:\w+\+)?json\b/.test(contentType)) return { contentType, body: JSON.stringify(data) };
  if (contentType.startsWith(URLENCODED)) return { contentType, body: encodeQuery(data) };
  if (contentType !== MULTIPART)
    throw new TypeError(`An object cannot be sent as '${contentType}': give a text or bytes.`);
  return encodeMultipart(data);
}

/** The fields as they stand in a URL. */
export function encodeQuery(data: Readonly<Record<string, unknown>>): string {
  return new URLSearchParams(
    fieldsOf(data).map(([name, value]) => [name, String(value)] as [string, string]),
  ).toString();
}

function encodeMultipart(data: Readonly<Record<string, unknown>>): EncodedBody {
  const form = new FormData();
  for (const [name, value] of fieldsOf(data)) {
    if (value instanceof Blob) form.append(name, value);
    else form.append(name, String(value));
  }
  // The platform writes the format; only the boundary, which it chooses, must be told.
  const { body, headers } = new Response(form);
  return { contentType: headers.get("content-type") ?? MULTIPART, body: body ?? "" };
}

function fieldsOf(data: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(data).flatMap(([name, value]) => {
    if (value === null || value === undefined)
      throw new TypeError(`The field '${name}' has no value, and a form cannot say so: leave it out, or send "".`);
    return Array.isArray(value)
      ? value.map((one): [string, unknown] => [name, one])
      : [[name, value] as [string, unknown]];
  });
}
