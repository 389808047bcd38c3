export { cleanIpv6Address } from "./ipv6.ts";
