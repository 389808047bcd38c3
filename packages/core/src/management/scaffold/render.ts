/** Values for the placeholders of a template, by name. */
export type Placeholders = Readonly<Record<string, string>>;

/**
 * Replaces `{{ name }}` by its value. Names without a value stay, since a file may hold templates itself; what
 * is put in is not looked through again.
 */
export function renderText(text: string, values: Placeholders): string {
  return text.replaceAll(/\{\{ (\w+) \}\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? placeholder) : placeholder,
  );
}

/**
 * The path that a file of the template has in the result: names of folders and files may hold `project_name` or
 * `app_name`; `-tpl` goes from the end; `_env` becomes `.env`, because packages leave out files with a dot.
 */
export function renderPath(path: string, values: Placeholders): string {
  return path
    .split("/")
    .map((part) => DOTTED.get(part) ?? renderPart(part, values))
    .join("/");
}

const DOTTED = new Map([
  ["_env", ".env"],
  ["_gitignore", ".gitignore"],
  ["_gitkeep", ".gitkeep"],
]);

function renderPart(part: string, values: Placeholders): string {
  return part.replace(/-tpl$/, "").replaceAll(/project_name|app_name/g, (name) => values[name] ?? name);
}
