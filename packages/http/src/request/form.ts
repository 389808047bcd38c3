// A form in the body of a request.

import { BadRequest } from "@tsgo/core/exceptions";
import { MultiValueDict } from "@tsgo/utils/datastructures";

import { isUtf8 } from "../charset.ts";
import { QueryDict } from "../querydict.ts";
import type { HttpRequest } from "../request.ts";
import type { UploadHandler } from "../uploads/handler.ts";
import type { UploadedFile } from "../uploads/uploaded-file.ts";
import type { RequestBody } from "./body.ts";

/** The fields and the files of a form. */
export interface Form {
  readonly fields: QueryDict;
  readonly files: MultiValueDict<UploadedFile>;
}

/** The form of a request that has none. */
export function emptyForm(encoding: string | undefined): Form {
  return { fields: new QueryDict("", encoding === undefined ? {} : { encoding }), files: new MultiValueDict() };
}

/** Reads the form that the content type promises; an empty one where it promises none. */
export async function readForm(
  request: HttpRequest,
  body: RequestBody,
  handlers: readonly UploadHandler[] | undefined,
  encoding: string | undefined,
): Promise<Form> {
  if (request.contentType === "multipart/form-data") return readMultipart(request, body, handlers, encoding);
  if (request.contentType !== "application/x-www-form-urlencoded") return emptyForm(encoding);
  if (encoding !== undefined && !isUtf8(encoding))
    throw new BadRequest(
      "HTTP requests with the 'application/x-www-form-urlencoded' content type must be UTF-8 encoded.",
    );
  return { fields: new QueryDict(await body.whole(), { encoding: "utf-8" }), files: new MultiValueDict() };
}

// Loaded with the first such form: a site that takes no files starts without it.
async function readMultipart(
  request: HttpRequest,
  body: RequestBody,
  handlers: readonly UploadHandler[] | undefined,
  encoding: string | undefined,
): Promise<Form> {
  const [{ MultiPartParser }, { defaultUploadHandlers }] = await Promise.all([
    import("../multipart/parser.ts"),
    import("../uploads/handlers.ts"),
  ]);
  const parser = new MultiPartParser({
    contentType: request.headers.get("content-type") ?? "",
    body: body.stream(),
    handlers: handlers ?? (await defaultUploadHandlers(request)),
    ...(encoding === undefined ? {} : { encoding }),
  });
  return parser.parse();
}
