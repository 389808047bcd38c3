/** The routes that stand before the one that is asked for; with "/" they are 29. */
export const SECTIONS = Array.from({ length: 28 }, (_, i) => `section-${String.fromCodePoint(97 + (i % 26))}${i}`);
