// The text that has filled pages since printers set type by hand.

const OPENING =
  "Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor incididunt ut labore et dolore " +
  "magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo " +
  "consequat. Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur. " +
  "Excepteur sint occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est laborum.";

const OPENING_WORDS =
  "lorem ipsum dolor sit amet consectetur adipisicing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua".split(
    " ",
  );

const WORDS =
  "veniam quis nostrud ullamco laboris nisi aliquip commodo consequat duis aute irure reprehenderit voluptate velit esse cillum fugiat nulla pariatur excepteur sint occaecat cupidatat non proident culpa officia deserunt mollit anim laborum".split(
    " ",
  );

function pick(): string {
  return WORDS[Math.floor(Math.random() * WORDS.length)] ?? "";
}

function between(low: number, high: number): number {
  return low + Math.floor(Math.random() * (high - low + 1));
}

/** So many words; with `common` they begin as they always do. */
export function loremWords(count: number, common: boolean): string {
  const words = common ? OPENING_WORDS.slice(0, count) : [];
  while (words.length < count) words.push(pick());
  return words.join(" ");
}

/** So many paragraphs; with `common` the first is the one that everybody knows. */
export function loremParagraphs(count: number, common: boolean): string[] {
  return Array.from({ length: count }, (_, index) => (common && index === 0 ? OPENING : paragraph()));
}

function paragraph(): string {
  return Array.from({ length: between(1, 4) }, sentence).join(" ");
}

function sentence(): string {
  const parts = Array.from({ length: between(1, 5) }, () => Array.from({ length: between(3, 12) }, pick).join(" "));
  const text = parts.join(", ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${Math.random() < 0.2 ? "?" : "."}`;
}
