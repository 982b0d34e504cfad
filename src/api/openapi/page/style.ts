/** How the page looks: in light and dark, on paper, and on narrow screens. */
export const style = `
:root { color-scheme: light dark; --ground: #fff; --raised: #f5f6f8; --line: #d5d9e0; --ink: #1b1f27; --soft: #525b6b;
  --link: #0b57c2; --get: #0b6b3a; --post: #0b57c2; --put: #8a4b00; --patch: #6a3fb5; --delete: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171c; --raised: #1d2128; --line: #363c47; --ink: #e8eaee; --soft: #a9b2c1;
    --link: #8ab8ff; --get: #6fd39c; --post: #8ab8ff; --put: #f0b563; --patch: #c3a6ff; --delete: #ff9d95; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif;
  overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--raised); z-index: 1; }
.page { display: grid; grid-template-columns: 20rem minmax(0, 1fr); max-width: 90rem; margin: 0 auto; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line);
  font-size: .875rem; }
nav h2 { margin: 1.25rem 0 .25rem; font-size: .875rem; color: var(--soft); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .2rem .5rem; border-radius: .25rem; color: inherit; text-decoration: none; }
nav li a:has(.method) { display: grid; grid-template-columns: 4.25rem minmax(0, 1fr); }
nav a:hover { background: var(--raised); text-decoration: underline; }
main { padding: 1.5rem 2.5rem 4rem; }
h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.2; }
main > section > h2 { margin: 3rem 0 0; padding-bottom: .25rem; border-bottom: 2px solid var(--line); font-size: 1.5rem; }
article { margin: 2rem 0 0; padding: 1.25rem 1.5rem; border: 1px solid var(--line); border-radius: .5rem; }
article h3 { margin: 0; font-size: 1.125rem; }
article h3 a { color: inherit; text-decoration: none; }
article h3 a:hover { text-decoration: underline; }
article h4 { margin: 1.25rem 0 .5rem; font-size: .9375rem; }
.line { margin: .25rem 0 .75rem; font: 600 .9375rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 4.25rem; }
.get, .head { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); }
.patch { color: var(--patch); } .delete { color: var(--delete); }
.facts { margin: .5rem 0 0; color: var(--soft); font-size: .875rem; }
.facts span + span::before { content: " · "; }
code, pre { font-family: ui-monospace, monospace; font-size: .875em; }
code { overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .75rem 1rem; max-height: 28rem; overflow: auto; background: var(--raised);
  border-radius: .375rem; line-height: 1.45; font-size: .8125rem; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; }
th, td { min-width: 6rem; overflow-wrap: break-word; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--soft); font-weight: 600; }
tbody th { font-weight: 400; }
details { margin: .25rem 0; }
summary { padding: .2rem 0; cursor: pointer; font-size: .9375rem; }
.status { font-family: ui-monospace, monospace; font-weight: 600; }
.soft { color: var(--soft); }
@media (max-width: 60rem) {
  .page { display: block; }
  nav { position: static; height: auto; max-height: 45vh; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding: 1rem; }
  article { padding: 1rem; }
}
@media print { nav, .skip { display: none; } .page { display: block; } pre { max-height: none; white-space: pre-wrap; } }
`;
