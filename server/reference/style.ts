/** The style of the reference, in the product's colours; it stands in the page, so that nothing is fetched. */
export const style = `
:root { color-scheme: light dark; --accent: #0f6e84; --ink: #1f2524; --quiet: #5d6664; --line: #e3e1dc;
  --ground: #fbfaf8; --card: #fff; --code: #f4f2ee; --get: #0f6e84; --post: #2f6b34; --change: #8a5a00; --delete: #a8321f; }
@media (prefers-color-scheme: dark) { :root { --accent: #4fb3c8; --ink: #e8e6e1; --quiet: #a3a9a7; --line: #34393a;
  --ground: #191c1d; --card: #212526; --code: #2a2f30; --get: #4fb3c8; --post: #86c98b; --change: #e0b25c; --delete: #ee8f7f; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 16px; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.6 -apple-system, "PingFang SC",
  "Microsoft YaHei", "Noto Sans SC", "Segoe UI", sans-serif; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code, pre { font: 13px/1.55 ui-monospace, "SF Mono", Consolas, "Noto Sans Mono CJK SC", monospace; }
.page { display: grid; grid-template-columns: 264px minmax(0, 1fr); max-width: 1200px; margin: 0 auto; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 32px 24px; border-right: 1px solid var(--line); }
nav strong { display: block; font-size: 16px; margin-bottom: 16px; }
nav ul { list-style: none; margin: 0; padding: 0; } nav li a { display: flex; justify-content: space-between;
  padding: 4px 8px; margin: 0 -8px; border-radius: 8px; color: var(--ink); }
nav li a:hover { background: var(--code); text-decoration: none; }
nav small { color: var(--quiet); font-variant-numeric: tabular-nums; }
nav .more { margin-top: 24px; padding-top: 16px; border-top: 1px solid var(--line); display: grid; gap: 8px; }
main { padding: 40px 40px 96px; }
h1 { font-size: 28px; line-height: 1.3; margin: 0 0 8px; } h2 { font-size: 20px; margin: 56px 0 16px; }
h3 { font-size: 14px; margin: 16px 0 4px; color: var(--quiet); font-weight: 600; }
.lead { color: var(--quiet); max-width: 38em; margin: 0 0 24px; }
.basics { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 4px 24px; }
.basics li { margin: 8px 0; } .basics ul { padding-left: 18px; }
details, .problem { background: var(--card); border: 1px solid var(--line); border-radius: 12px; margin: 8px 0; }
summary { display: grid; grid-template-columns: 64px minmax(0, 1fr) auto; gap: 4px 12px; align-items: baseline;
  padding: 12px 20px; cursor: pointer; list-style: none; min-height: 44px; }
summary::-webkit-details-marker { display: none; }
summary code { font-size: 14px; overflow-wrap: anywhere; } summary .says { grid-column: 2 / -1; color: var(--quiet); }
.inside { padding: 0 20px 20px 96px; }
.method { font: 600 12px/1.6 ui-monospace, Consolas, monospace; text-transform: uppercase; }
.get, .head, .options { color: var(--get); } .post { color: var(--post); } .put, .patch { color: var(--change); } .delete { color: var(--delete); }
.asks { font-size: 13px; color: var(--quiet); white-space: nowrap; }
pre { background: var(--code); border-radius: 8px; padding: 12px 16px; margin: 4px 0; overflow-x: auto; white-space: pre-wrap;
  overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } td { border-top: 1px solid var(--line); padding: 6px 12px 6px 0;
  vertical-align: top; } td:first-child { white-space: nowrap; } tr:first-child td { border-top: 0; }
.where { color: var(--quiet); font-size: 13px; }
.problem { padding: 12px 20px; } .problem code { font-size: 14px; font-weight: 600; } .problem p { margin: 4px 0 0; }
.problem .status { float: right; color: var(--quiet); font-variant-numeric: tabular-nums; }
.problem:target, details:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
@media (max-width: 800px) { .page { display: block; } nav { position: static; height: auto; border: 0;
  border-bottom: 1px solid var(--line); padding: 20px; } nav ul { display: flex; flex-wrap: wrap; gap: 4px 16px; }
  nav li a { min-height: 44px; align-items: center; gap: 6px; } main { padding: 24px 16px 64px; }
  .inside { padding-left: 20px; } summary { padding: 12px 16px; } }
`;
