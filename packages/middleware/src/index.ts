// The chain of middleware, and what one is.

export { buildHandler, type HandlerParts } from "./chain/build-handler.ts";
export type { ConvertException } from "./chain/layer.ts";
export type { AroundView, Resolved } from "./chain/view-phases.ts";
export { decoratorFromMiddleware, decoratorFromMiddlewareWithArgs, type ViewDecorator } from "./decorators.ts";
export { loadMiddleware } from "./load-middleware.ts";
export type {
  GetResponse,
  MaybeResponse,
  Middleware,
  MiddlewareClass,
  MiddlewareFactory,
  MiddlewareSource,
  UnrenderedResponse,
} from "./middleware.ts";
