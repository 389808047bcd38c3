import { TsgoError } from "../exceptions/base.ts";

/** A signature does not fit its value. Django: `BadSignature`. */
export class BadSignature extends TsgoError {
  constructor(message: string, options: { code?: string } = {}) {
    super(message, { code: options.code ?? "bad_signature" });
  }
}

/** A signature fits, and is too old. Django: `SignatureExpired`. */
export class SignatureExpired extends BadSignature {
  constructor(message: string) {
    super(message, { code: "signature_expired" });
  }
}

/** A signed value would take too much memory when it is unpacked. */
export class SignedValueTooLarge extends TsgoError {
  constructor(limit: number) {
    super(
      `The signed value is larger than ${limit} bytes when it is unpacked; nothing that large was ever signed here.`,
      {
        code: "signed_value_too_large",
      },
    );
  }
}
