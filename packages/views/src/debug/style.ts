/** The look of the pages for developers: one style, light or dark as the browser likes it, and nothing loaded from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #fbfaf8; --card: #fff; --ink: #23211d; --soft: #6f6a60; --line: #e4e0d8;
  --accent: #b3261e; --mark: #fdecea; --code: #f5f3ee; --link: #1f5f8b; }
@media (prefers-color-scheme: dark) { :root { --ground: #1b1a18; --card: #242320; --ink: #ece8e0; --soft: #a49d90;
  --line: #3a3732; --accent: #ff8a80; --mark: #4a2522; --code: #2b2926; --link: #8ec9f0; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { background: var(--card); border-top: 5px solid var(--accent); border-bottom: 1px solid var(--line); padding: 1.6rem 2rem 1.3rem; }
header.calm { border-top-color: #2d7d46; }
h1 { margin: 0; font-size: 1.15rem; color: var(--accent); font-weight: 600; }
h1 small { color: var(--soft); font-weight: 400; font-size: 1rem; }
.message { margin: .35rem 0 0; font-size: 1.35rem; line-height: 1.35; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 16em; overflow: auto; }
.where { margin: .7rem 0 0; color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
main { max-width: 76rem; margin: 0 auto; padding: 1.2rem 2rem 4rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 1.1rem; overflow: hidden; }
h2 { font-size: 1rem; margin: 0; padding: .7rem 1rem; border-bottom: 1px solid var(--line); }
h2 small { font-weight: 400; color: var(--soft); }
h3 { font-size: .8rem; text-transform: uppercase; letter-spacing: .05em; color: var(--soft); margin: 0; padding: .8rem 1rem .2rem; }
p.note { margin: 0; padding: .6rem 1rem .9rem; color: var(--soft); }
details { border-bottom: 1px solid var(--line); }
details:last-child { border-bottom: 0; }
summary { cursor: pointer; padding: .45rem 1rem; overflow-wrap: anywhere; }
summary b { font-family: ui-monospace, monospace; font-weight: 600; font-size: .9em; }
summary span { color: var(--soft); font-size: .9em; }
details.fold > summary { color: var(--soft); font-size: .9em; }
details.fold > details { margin-left: 1rem; }
pre { margin: 0; background: var(--code); font: 13px/1.55 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; overflow-x: auto; padding: .5rem 0; tab-size: 4; }
pre i { font-style: normal; display: block; padding: 0 1rem; min-width: max-content; white-space: pre; }
pre i::before { content: attr(data-line); display: inline-block; width: 3.2em; margin-right: 1.2em; text-align: right; color: var(--soft); opacity: .7; }
pre i.here { background: var(--mark); box-shadow: inset 3px 0 var(--accent); }
mark { background: var(--accent); color: var(--card); border-radius: 2px; padding: 0 1px; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; table-layout: fixed; }
td, th { text-align: left; vertical-align: top; padding: .3rem 1rem; border-top: 1px solid var(--line); font-weight: 400; overflow-wrap: anywhere; }
th { width: 17rem; color: var(--soft); font-family: ui-monospace, monospace; font-size: .85rem; }
td code, li code { font-family: ui-monospace, monospace; font-size: .86rem; white-space: pre-wrap; }
ol { margin: 0; padding: .6rem 1rem .9rem 3rem; }
li.near { background: var(--mark); }
.raw { padding: .6rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: var(--link); }
footer { color: var(--soft); font-size: .85rem; text-align: center; padding-bottom: 2rem; }
`;
