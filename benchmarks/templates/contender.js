const columns = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
const upper = (text) => text.toUpperCase();
const shorten = (text, count) => (text.length > count ? `${text.slice(0, count - 1)}\u2026` : text);
const fixed = (value) => value.toFixed(2);
const join = (values) => values.join(", ");
const layoutHead = (title) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<link rel="stylesheet" href="/static/site.css">
</head>
<body>
<nav><a href="/">Home</a> <a href="/items/">Items</a> <a href="/about/">About</a></nav>
`;
const layoutFoot = "\n<footer>All rights reserved.</footer>\n</body>\n</html>\n";
export { columns, fixed, join, layoutFoot, layoutHead, shorten, upper };
