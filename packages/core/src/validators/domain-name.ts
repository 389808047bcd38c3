// Names of hosts, label by label, so that no name takes more work than its length.

import { type Validator, type ValidatorOptions, lazy, refusal } from "./validator.ts";

const LABEL = /^[a-z\d\u00a1-\uffff](?:[a-z\d\u00a1-\uffff-]{0,61}[a-z\d\u00a1-\uffff])?$/iu;
const TOP_LEVEL = /^(?:[a-z\u00a1-\uffff](?:[a-z\u00a1-\uffff-]{0,61}[a-z\u00a1-\uffff])|xn--[a-z\d-]{0,58}[a-z\d])$/iu;
const ASCII_LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
const ASCII_TOP_LEVEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])$/i;

/** Whether a text is the full name of a host: two labels at least, the last one no number. */
export function isDomainName(name: string, { allowsIdna = true } = {}): boolean {
  // The letters of other scripts are a wide range, in which white space lies too.
  if (/\s/u.test(name)) return false;
  const labels = (name.endsWith(".") ? name.slice(0, -1) : name).split(".");
  const top = labels.pop() ?? "";
  const [label, topLevel] = allowsIdna ? [LABEL, TOP_LEVEL] : [ASCII_LABEL, ASCII_TOP_LEVEL];
  return labels.length > 0 && topLevel.test(top) && labels.every((part) => label.test(part));
}

/** What a DomainNameValidator accepts. */
export interface DomainNameOptions extends ValidatorOptions {
  /** Whether letters of other scripts count; true unless given. */
  readonly acceptIdna?: boolean;
}

const LONGEST_NAME = 255;

/** Refuses what is no name of a host. Django: `DomainNameValidator`. */
export function DomainNameValidator({ acceptIdna = true, ...options }: DomainNameOptions = {}): Validator {
  const fallback = { message: lazy("Enter a valid domain name."), code: "invalid" };
  return (value) => {
    const isValid =
      typeof value === "string" && value.length <= LONGEST_NAME && isDomainName(value, { allowsIdna: acceptIdna });
    if (!isValid) throw refusal(options, fallback, { value });
  };
}

/** Refuses what is no name of a host, in whatever script. Django: `validate_domain_name`. */
export const validateDomainName: Validator = DomainNameValidator();
