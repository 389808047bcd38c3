import { type CheckMessage, Error as CheckError } from "@tsgo/core/checks";

import type { ErrorStatus } from "../urlconf/error-handlers.ts";
import { rootResolver } from "./tree.ts";

const STATUSES: readonly ErrorStatus[] = [400, 403, 404, 500];

/** Looks whether the views for errors can be called as they will be. */
export async function checkErrorHandlers(): Promise<CheckMessage[]> {
  const root = await rootResolver();
  if (root === undefined) return [];
  return STATUSES.flatMap((status) => {
    const handler = root.errorHandler(status);
    if (handler === undefined || handler.length <= 2) return [];
    return new CheckError(
      `The handler${status} view '${handler.name}' wants ${handler.length} arguments; it is called with the request and the error.`,
      { id: "urls.E007" },
    );
  });
}
