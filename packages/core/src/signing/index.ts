export { b62Decode, b62Encode, b64Decode, b64Encode } from "./encoding.ts";
export { BadSignature, SignatureExpired, SignedValueTooLarge } from "./errors.ts";
export type { ObjectOptions } from "./objects.ts";
export { Signer, type SignerOptions, type SigningKey } from "./signer.ts";
export {
  type DumpsOptions,
  type LoadsOptions,
  type MaxAge,
  TimestampSigner,
  dumps,
  loads,
} from "./timestamp-signer.ts";
