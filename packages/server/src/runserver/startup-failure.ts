import { isConfigured, settings } from "@tsgo/core/conf";
import { importModule } from "@tsgo/core/loading";
import type { ArgumentMap, BaseCommand } from "@tsgo/core/management";
import { SystemCheckError } from "@tsgo/core/management";
import { TsgoError } from "@tsgo/core/exceptions";

import type { RequestListener } from "../basehttp/get-internal-wsgi-application.ts";
import { describeError } from "../handler/describe-error.ts";
import { isLoopback } from "./loopback.ts";
import { sourceFrame } from "./source-frame.ts";

/**
 * Reports in the terminal why the project could not be loaded, and makes a listener that says the same on every
 * page. Only the developer's own browser is told; without DEBUG, or from elsewhere, it is a plain 500.
 */
export async function startupFailure(
  command: BaseCommand<ArgumentMap>,
  thrown: unknown,
  traceback: boolean,
): Promise<RequestListener> {
  const error = describeError(thrown);
  const isExplained = error instanceof TsgoError && !traceback;
  const text = isExplained
    ? error instanceof SystemCheckError
      ? error.message
      : `${error.name}: ${error.message}`
    : (error.stack ?? error.message);
  command.stderr.write(text);
  const frame = sourceFrame(error);
  if (frame !== undefined) command.stderr.write(frame, { paint: (line) => line });
  command.stderr.write("The project does not start. The next saved file is tried at once.", {
    paint: command.style.notice,
  });
  const page = await startupPage(error).catch(
    () => `<!doctype html><title>${error.name}</title><p>The terminal says why.`,
  );
  return (message, reply) => {
    const show = isLoopback(message.socket.remoteAddress ?? "") && (!isConfigured() || settings.DEBUG);
    const body = show ? page : "<h1>Server Error (500)</h1>";
    reply.writeHead(500, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Length": Buffer.byteLength(body),
      "Cache-Control": "no-store",
    });
    reply.end(message.method === "HEAD" ? undefined : body);
  };
}

async function startupPage(error: Error): Promise<string> {
  const { technicalStartupPage } = await importModule("tsgo/views/debug");
  return (technicalStartupPage as (error: Error) => Promise<string>)(error);
}
