export { DecimalValidator } from "./decimals.ts";
export { type DomainNameOptions, DomainNameValidator, validateDomainName } from "./domain-name.ts";
export { type EmailOptions, EmailValidator, validateEmail } from "./email.ts";
export { type FileExtensionOptions, FileExtensionValidator, validateImageFileExtension } from "./files.ts";
export { cleanIpv6Address, validateIpv46Address, validateIpv4Address, validateIpv6Address } from "./ip-addresses.ts";
export {
  type Comparable,
  type Limit,
  type LimitValidator,
  MaxLengthValidator,
  MaxValueValidator,
  MinLengthValidator,
  MinValueValidator,
  type StepOptions,
  StepValueValidator,
} from "./limits.ts";
export {
  type IntListOptions,
  ProhibitNullCharactersValidator,
  RegexValidator,
  type RegexValidatorOptions,
  intListValidator,
  validateCommaSeparatedIntegerList,
  validateInteger,
  validateSlug,
  validateUnicodeSlug,
} from "./patterns.ts";
export { URLValidator, type UrlOptions } from "./url.ts";
export type { Validator, ValidatorOptions } from "./validator.ts";
