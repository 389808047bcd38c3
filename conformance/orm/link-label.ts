import { variableName } from "../../packages/orm/src/naming.ts";

/** `library.Book.tags` for the label of the link model that was made for it, `library.Book_tags`. */
export function linkLabel(label: string): string {
  const match = /^(\w+)\.([A-Za-z]+)_(\w+)$/.exec(label);
  if (match === null) return label;
  const [, app = "", model = "", field = ""] = match;
  const name = field.replaceAll(
    /(?:^|_)([a-z0-9]+)/g,
    (_part, word: string) => word.slice(0, 1).toUpperCase() + word.slice(1),
  );
  return `${app}.${model}.${variableName(name)}`;
}
