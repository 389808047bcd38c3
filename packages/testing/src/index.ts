// What tests of a project need. Answers to `django.test`.

export { MULTIPART, type RequestData } from "./client/body.ts";
export type { RenderedTemplate } from "./client/captured.ts";
export { Client, type ClientOptions, type Follow, RedirectCycleError } from "./client/client.ts";
export { CookieJar } from "./client/cookie-jar.ts";
export { type BodyOptions, RequestFactory, type RequestOptions } from "./client/request-factory.ts";
export { TestResponse } from "./client/test-response.ts";
export { type CaptureOnCommitOptions, captureOnCommitCallbacks } from "./databases/on-commit.ts";
export { type WatchOptions, assertNumQueries, captureQueries } from "./databases/queries.ts";
export { type TestCaseOptions, type TestHooks, testCase } from "./databases/test-case.ts";
export { createTestDatabases, type TestDatabaseOptions, type TestDatabases } from "./databases/test-databases.ts";
export { setupTestEnvironment, teardownTestEnvironment } from "./environment.ts";
export { overrideSettings } from "@tsgo/core/conf";
