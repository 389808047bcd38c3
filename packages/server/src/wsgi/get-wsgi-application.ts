import { setup } from "@tsgo/core/setup";

import { WSGIHandler } from "../handler/wsgi-handler.ts";
import { makeApplication, type WSGIApplication } from "./application.ts";

/**
 * Sets the project up and makes its application. Answers to Django's `get_wsgi_application`.
 *
 * @throws ImproperlyConfigured with the file and line, or the setting, that is wrong.
 *
 * @example
 * // mysite/wsgi.ts
 * export const application = await getWsgiApplication();
 */
export async function getWsgiApplication(): Promise<WSGIApplication> {
  await setup();
  return makeApplication(await WSGIHandler.load());
}
