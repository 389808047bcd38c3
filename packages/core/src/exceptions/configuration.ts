import { TsgoError } from "./base.ts";

type Cause = { cause?: unknown };

/** The settings, or something that they name, are wrong. Fix the project; no request can cause it. */
export class ImproperlyConfigured extends TsgoError {
  constructor(message: string, options: Cause = {}) {
    super(message, { code: "improperly_configured", ...options });
  }
}

/** Something asked for applications or models before `setup()` had loaded them. */
export class AppRegistryNotReady extends TsgoError {
  constructor(message: string, options: Cause = {}) {
    super(message, { code: "app_registry_not_ready", ...options });
  }
}

/** A middleware throws this while the handler is made, to be left out of the chain. */
export class MiddlewareNotUsed extends TsgoError {
  constructor(message = "", options: Cause = {}) {
    super(message, { code: "middleware_not_used", ...options });
  }
}

/** A URL pattern names a view that cannot be had. */
export class ViewDoesNotExist extends TsgoError {
  constructor(message: string, options: Cause = {}) {
    super(message, { code: "view_does_not_exist", ...options });
  }
}
