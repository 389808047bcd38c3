// What the server tells the parts below and beside it. They stand in core so that a database or a cache can
// listen without knowing of any server.

import { Signal } from "./index.ts";

/** A request is about to be handled. `sender` is the handler. Answers to Django's `request_started`. */
export const requestStarted = new Signal<{ sender: unknown }>();

/** The response was sent and closed, or its client went away. Answers to Django's `request_finished`. */
export const requestFinished = new Signal<{ sender: unknown }>();

/** A view or a middleware failed with an error that became a 500. Answers to `got_request_exception`. */
export const gotRequestException = new Signal<{ sender: unknown; request: object; error: unknown }>();

/**
 * The development server saw a file change. A receiver that has dealt with it, so that the next request sees
 * the new content, returns true. `path` is absolute. Answers to Django's `file_changed`.
 */
export const fileChanged = new Signal<{ sender: unknown; path: string }>();

/**
 * `runserver` has passed its checks and is about to serve. Receivers may be asynchronous and tell the developer
 * what they found, one `write` a line (migrations that were not applied, say).
 */
export const runserverStarting = new Signal<{ sender: unknown; write: (line: string) => void }>();
