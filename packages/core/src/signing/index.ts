export { b62Decode, b62Encode, b64Decode, b64Encode } from "./encoding.ts";
