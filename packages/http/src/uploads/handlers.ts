// The handlers that the settings name.

import { ImproperlyConfigured } from "@tsgo/core/exceptions";
import { importString } from "@tsgo/core/loading";

import { httpSettings } from "../http-settings.ts";
import type { HttpRequest } from "../request.ts";
import { UploadHandler } from "./handler.ts";
import { MemoryFileUploadHandler } from "./memory.ts";
import { TemporaryFileUploadHandler } from "./temporary.ts";

type HandlerClass = new (request: HttpRequest) => UploadHandler;

// The built-in ones take their limits from the settings, and need no import.
const BUILT_IN = new Map<string, () => UploadHandler>([
  ["MemoryFileUploadHandler", () => new MemoryFileUploadHandler(httpSettings().FILE_UPLOAD_MAX_MEMORY_SIZE)],
  [
    "TemporaryFileUploadHandler",
    () => new TemporaryFileUploadHandler(httpSettings().FILE_UPLOAD_TEMP_DIR ?? undefined),
  ],
]);
const BUILT_IN_REFERENCE = /^(?:tsgo\/files\/uploadhandler|@tsgo\/http\/uploads):(\w+)$/;

/**
 * One handler of each kind in FILE_UPLOAD_HANDLERS, made for this request.
 *
 * @throws ImproperlyConfigured for a reference that names no upload handler.
 */
export function defaultUploadHandlers(request: HttpRequest): Promise<UploadHandler[]> {
  return Promise.all(httpSettings().FILE_UPLOAD_HANDLERS.map((reference) => makeHandler(reference, request)));
}

async function makeHandler(reference: string, request: HttpRequest): Promise<UploadHandler> {
  const builtIn = BUILT_IN.get(BUILT_IN_REFERENCE.exec(reference)?.[1] ?? "");
  if (builtIn !== undefined) return builtIn();
  const handlerClass: unknown = await importString(reference);
  const handler = typeof handlerClass === "function" ? new (handlerClass as HandlerClass)(request) : undefined;
  if (handler instanceof UploadHandler) return handler;
  throw new ImproperlyConfigured(
    `FILE_UPLOAD_HANDLERS names ${JSON.stringify(reference)}, which is no class derived from UploadHandler.`,
  );
}
