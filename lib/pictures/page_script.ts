/**
 * What the page of schemas does; it runs in a browser, without a network.
 *
 * @module
 */

/** The script; `DATA` has the tables and revisions, see `page.ts`. */
export const SCRIPT = `
"use strict";
const $ = (id) => document.getElementById(id);
const make = (tag, text, name) => {
  const one = document.createElement(tag);
  if (text !== undefined) one.textContent = text;
  if (name) one.className = name;
  return one;
};
const tablesAt = (index) => new Map((DATA.revisions[index]?.tables ?? [])
  .map((number) => [DATA.tables[number].name, DATA.tables[number]]));
/* Which revision brought a table or a column, or changed it last, as seen from one of them. */
function originsAt(last) {
  const origins = new Map();
  let before = new Map();
  for (let index = 0; index <= last; index++) {
    const now = tablesAt(index);
    const id = DATA.revisions[index].revision;
    for (const [name, table] of now) {
      const old = before.get(name);
      if (!old) origins.set(name, id);
      for (const column of table.columns) {
        const was = old?.columns.find((one) => one.name === column.name);
        if (JSON.stringify(was) !== JSON.stringify(column)) origins.set(name + "." + column.name, id);
      }
    }
    before = now;
  }
  return origins;
}
function columnRow(table, column, mark, origin, wanted) {
  const row = make("tr", undefined, mark);
  if (wanted && column.name.includes(wanted)) row.classList.add("found");
  row.id = table + "." + column.name;
  const cell = make("td", column.name);
  if (column.primaryKey) cell.append(make("small", " PK", "key"));
  row.append(cell);
  const type = make("td", column.type + (column.nullable ? "" : " not null") +
    (column.default === null ? "" : " default " + column.default));
  if (column.refers) {
    const link = make("a", " \\u2192 " + column.refers.table + "." + column.refers.column);
    link.href = "#" + column.refers.table;
    type.append(link);
  }
  row.append(type, make("td", origin));
  return row;
}
const keysOf = ({ uniques, indexes }) => [
  ...uniques.map((columns) => "unique (" + columns.join(", ") + ")"),
  ...indexes.map((columns) => "index (" + columns.join(", ") + ")"),
];
const isChanged = (before, now) => JSON.stringify(before) !== JSON.stringify(now);
function tableCard(name, before, now, origins, first, wanted) {
  const card = make("section", undefined, first || before && now ? "" : now ? "added" : "removed");
  card.id = name;
  const title = make("h2", name);
  title.append(make("small", origins.get(name) ?? ""));
  const body = make("table");
  for (const column of (now ?? before).columns) {
    const was = before?.columns.find((one) => one.name === column.name);
    const mark = first || !before || !now ? "" : !was ? "added"
      : JSON.stringify(was) === JSON.stringify(column) ? "" : "changed";
    body.append(columnRow(name, column, mark, origins.get(name + "." + column.name), wanted));
  }
  for (const column of now && before ? before.columns : []) {
    if (now.columns.some((one) => one.name === column.name)) continue;
    body.append(columnRow(name, column, "removed", "", wanted));
  }
  card.append(title, body);
  const old = before && now ? keysOf(before) : keysOf(now ?? before);
  const keys = keysOf(now ?? before);
  const all = [...keys, ...old.filter((key) => !keys.includes(key))];
  const words = make("p", undefined, "keys");
  for (const key of all) {
    const mark = first ? "" : !old.includes(key) ? "added"
      : keys.includes(key) ? "" : "removed";
    words.append(make("span", key, mark), " ");
  }
  if (all.length > 0) card.append(words);
  return card;
}
function show() {
  const index = Number($("revision").value);
  const wanted = $("search").value.trim().toLowerCase();
  const { revision, message, releases } = DATA.revisions[index];
  const [before, now] = [tablesAt(index - 1), tablesAt(index)];
  const about = $("about");
  about.replaceChildren(make("b", revision), " " + message +
    (releases.length > 0 ? " \\u2014 " + releases.join(", ") : ""));
  const origins = originsAt(index);
  const names = [...new Set([...now.keys(), ...before.keys()])].sort();
  const onlyChanged = $("changed").checked;
  const cards = names.filter((name) => {
    const table = now.get(name) ?? before.get(name);
    if (onlyChanged && !isChanged(before.get(name), now.get(name))) return false;
    return name.includes(wanted) || table.columns.some((column) => column.name.includes(wanted));
  }).map((name) => tableCard(name, before.get(name), now.get(name), origins, index === 0, wanted));
  $("tables").replaceChildren(...cards);
  if (cards.length === 0) $("tables").append(make("p", wanted ? "Nothing has this name." : "No table changes: only rows do."));
}
$("revision").max = DATA.revisions.length - 1;
$("revision").value = DATA.start;
$("revision").addEventListener("input", show);
$("search").addEventListener("input", show);
$("changed").addEventListener("input", show);
$("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
});
show();
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
`;
