// The converters that only the recorded URLconfs use.

import { getConverters, registerConverter } from "@tsgo/urls";

declare module "@tsgo/urls" {
  interface Converters {
    base64: Uint8Array;
    to_url_value_error: string;
  }
}

class Base64Converter {
  readonly regex = "[a-zA-Z0-9+/]*={0,2}";

  toPython(text: string): Uint8Array {
    return new Uint8Array(Buffer.from(text, "base64"));
  }

  toUrl(value: Uint8Array): string {
    return Buffer.from(value).toString("base64");
  }
}

class UnwillingConverter {
  readonly regex = "[0-9a-zA-Z]+";

  toPython(text: string): string {
    return text;
  }

  toUrl(value: string): string {
    throw new RangeError(`${value} is not for this converter`);
  }
}

/** Registers them, once. */
export function registerTestConverters(): void {
  if (getConverters().has("base64")) return;
  registerConverter(Base64Converter, "base64");
  registerConverter(UnwillingConverter, "to_url_value_error");
}
