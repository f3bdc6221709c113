/**
 * How the page of schemas looks.
 *
 * @module
 */

/** The style sheet. */
export const STYLE = `
:root { color-scheme: light dark; --back: #fff; --text: #1b2430; --dim: #5b6877; --line: #d5dce4;
  --head: #1f5f8b; --added: #cfe8ff; --changed: #fff2bf; --removed: #ffd9cc; --card: #f7f9fb; }
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { --back: #14181d; --text: #e4e9ef;
  --dim: #98a5b3; --line: #36414d; --head: #7cc0ee; --added: #12406a; --changed: #574a10;
  --removed: #6b2c17; --card: #1c2229; } }
:root[data-theme=dark] { color-scheme: dark; --back: #14181d; --text: #e4e9ef; --dim: #98a5b3;
  --line: #36414d; --head: #7cc0ee; --added: #12406a; --changed: #574a10; --removed: #6b2c17;
  --card: #1c2229; }
:root[data-theme=light] { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.45 system-ui, sans-serif; }
header { position: sticky; top: 0; z-index: 1; padding: .7rem 1rem; background: var(--back);
  border-bottom: 1px solid var(--line); }
h1 { margin: 0 0 .3rem; font-size: 1.15rem; }
.controls { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; }
#revision { flex: 1 1 16rem; min-width: 10rem; }
input[type=search] { flex: 0 1 15rem; padding: .3rem .5rem; font: inherit; }
button { font: inherit; padding: .25rem .6rem; }
#about { margin: .4rem 0 0; color: var(--dim); min-height: 1.4em; }
#about b { color: var(--text); }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(25rem, 100%), 1fr));
  gap: 1rem; padding: 1rem; align-items: start; }
section { border: 1px solid var(--line); border-radius: .5rem; background: var(--card); overflow: hidden;
  scroll-margin-top: 9rem; }
section:target { outline: 3px solid var(--head); }
section.added h2 { background: var(--added); }
section.removed { opacity: .75; }
section.removed h2 { background: var(--removed); text-decoration: line-through; }
h2 { margin: 0; padding: .5rem .7rem; font-size: 1rem; color: var(--head); overflow-wrap: anywhere; }
h2 small { float: right; color: var(--dim); font-weight: normal; }
table { width: 100%; border-collapse: collapse; font-size: .87rem; }
td { padding: .16rem .5rem; border-top: 1px solid var(--line); vertical-align: top;
  overflow-wrap: anywhere; }
/* A name is broken last: what stands beside it makes room. */
td:first-child { overflow-wrap: break-word; }
td:nth-child(2), td:last-child { color: var(--dim); }
td:last-child { text-align: right; white-space: nowrap; }
tr.added td { background: var(--added); } tr.changed td { background: var(--changed); }
tr.removed td { background: var(--removed); text-decoration: line-through; }
tr.found td:first-child { font-weight: bold; text-decoration: underline; }
p.keys span { display: inline-block; padding: 0 .2rem; border-radius: .2rem; }
p.keys span:not(:last-child)::after { content: " \\00b7"; }
p.keys .added { background: var(--added); }
p.keys .removed { background: var(--removed); text-decoration: line-through; }
small.key { color: var(--dim); font-weight: normal; }
a { color: var(--head); }
p.keys { margin: 0; padding: .35rem .3rem; border-top: 1px solid var(--line); font-size: .82rem;
  color: var(--dim); overflow-wrap: anywhere; }
details { margin: 0 1rem 1rem; } details svg { max-width: 100%; height: auto; background: #fff; }
summary { cursor: pointer; padding: .5rem 0; }
.legend span { padding: .05rem .4rem; border-radius: .2rem; }
`;
