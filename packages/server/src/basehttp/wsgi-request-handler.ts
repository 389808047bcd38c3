import type { IncomingMessage } from "node:http";

import { escapeControl } from "@tsgo/core/logging";
import { noStyle, type Style } from "@tsgo/core/management";

import type { RequestListener } from "./get-internal-wsgi-application.ts";
import type { MeasuredReply } from "./measured-reply.ts";

/** Takes one line about a request. */
export type LogLine = (line: string) => void;

/** One request to the development server: has the application answer it and writes its line in the terminal. */
export class WSGIRequestHandler {
  readonly #message: IncomingMessage;
  readonly #reply: MeasuredReply;
  readonly #log: LogLine;
  readonly #style: Style;

  constructor(message: IncomingMessage, reply: MeasuredReply, log: LogLine, style: Style = noStyle) {
    this.#message = message;
    this.#reply = reply;
    this.#log = log;
    this.#style = style;
  }

  /** Resolves when the response is out, or its client has gone. */
  handle(application: RequestListener): Promise<void> {
    return new Promise((resolve) => {
      this.#reply.once("close", () => {
        this.#log(this.#line());
        resolve();
      });
      // What goes wrong with the connection shows as its end.
      this.#reply.on("error", () => undefined);
      application(this.#message, this.#reply);
    });
  }

  #line(): string {
    const { method = "", url = "", httpVersion } = this.#message;
    const { statusCode, bodyBytes, headersSent } = this.#reply;
    const cut = this.#reply.writableFinished ? "" : " (cut off)";
    const line = `[${timestamp(new Date())}] "${escapeControl(`${method} ${url} HTTP/${httpVersion}`)}" ${headersSent ? statusCode : "-"} ${bodyBytes}${cut}`;
    return paintOf(statusCode, this.#style)(line);
  }
}

function paintOf(status: number, style: Style): (text: string) => string {
  if (status < 200) return style.httpInfo;
  if (status < 300) return style.httpSuccess;
  if (status === 304) return style.httpNotModified;
  if (status < 400) return style.httpRedirect;
  if (status === 404) return style.httpNotFound;
  return status < 500 ? style.httpBadRequest : style.httpServerError;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// As servers have written it since there were logs: 22/Nov/2026 07:40:03.
function timestamp(date: Date): string {
  const day = `${two(date.getDate())}/${MONTHS[date.getMonth()]}/${date.getFullYear()}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function two(part: number): string {
  return String(part).padStart(2, "0");
}
