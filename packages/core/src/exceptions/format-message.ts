/**
 * Fills the `%(name)s` placeholders of a message, as catalogues of translations write them. `%(name)d` shows
 * a number without its fraction, `%(name)r` puts quotes around a text, and `%%` is a percent sign. Without params the message stands as it is; a
 * placeholder without a value stays, since a message about an error must not fail itself.
 */
export function formatMessage(message: string, params?: Readonly<Record<string, unknown>>): string {
  if (params === undefined) return message;
  return message.replaceAll(/%(?:\((\w+)\)([sdr])|%)/g, (placeholder: string, name?: string, kind?: string) => {
    if (name === undefined) return "%";
    if (!Object.hasOwn(params, name)) return placeholder;
    const value = params[name];
    if (kind === "r" && typeof value === "string") return `'${value}'`;
    return kind === "d" && typeof value === "number" ? String(Math.trunc(value)) : String(value);
  });
}
