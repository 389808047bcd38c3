// Host names in letters of any script, as DNS has them.

import { domainToASCII } from "node:url";

const LONGEST_LABEL = 63;
const DOTS = /[.\u3002\uff0e\uff61]/;

/**
 * Encodes the labels of a host that are not ASCII. ASCII labels stay as they are, upper case included. Django:
 * `punycode`.
 *
 * @throws RangeError where a label is empty, too long or cannot be encoded.
 */
export function punycode(domain: string): string {
  // eslint-disable-next-line no-control-regex -- the range is ASCII itself
  const isAscii = /^[\0-\x7f]*$/.test(domain);
  if (domain === "") return "";
  const labels = domain.split(isAscii ? "." : DOTS);
  return labels.map((label, index) => encodeLabel(label, index === labels.length - 1)).join(".");
}

function encodeLabel(label: string, isLast: boolean): string {
  if (label === "" && isLast) return "";
  // eslint-disable-next-line no-control-regex -- the range is ASCII itself
  const encoded = /^[\0-\x7f]*$/.test(label) ? label : domainToASCII(fold(label));
  if (encoded === "" || encoded.length > LONGEST_LABEL) {
    throw new RangeError(
      `'${label.slice(0, 100)}' cannot be a part of a host name: it is empty, too long or not allowed.`,
    );
  }
  return encoded;
}

// Names are registered under the older mapping, which folds what the newer one keeps apart.
function fold(label: string): string {
  return label
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ς", "σ")
    .replaceAll(/[\u200c\u200d]/g, "");
}
