/** Ids of a site's own revisions, which Mistral's next ones never have. */
import assert from "node:assert/strict";
import { newRevision } from "../../lib/site/new_revision.ts";
import { revisionGraph } from "../../lib/revisions/graph/graph.ts";
import { RELEASE_ALIASES } from "../../lib/revisions/target/releases.ts";
import { migrations } from "../../migrations/mod.ts";
import { head } from "../tools/migrations.ts";

const graph = revisionGraph(migrations, { aliases: RELEASE_ALIASES });
const idOf = (id?: string, isOwn = true) =>
  newRevision(graph, { message: "x", isOwn, ...(id === undefined ? {} : { id }) }).id;

Deno.test("the default id of a site is no number, and Mistral's own is the next", () => {
  assert.equal(idOf(), "site001");
  const more = revisionGraph([...migrations, { id: "site009", down: head, message: "" }]);
  assert.equal(newRevision(more, { message: "x", isOwn: true }).id, "site010");
  assert.equal(idOf(undefined, false), String(Number(head) + 1).padStart(3, "0"));
  assert.equal(idOf("0999", false), "0999");
});

Deno.test("ids that Mistral may have are refused", () => {
  const wrong = ["046", "0046", " 046", "46", "4", "1000", "０４６", "046\u200b", "٠٤٦", "②"];
  for (const id of [...wrong, "046x", "0461a", "046_note", "2027.1", "2026.2", "zed", "head"]) {
    assert.throws(
      () => idOf(id),
      /^RevisionError: Cannot write revision|Cannot write revision/,
      id,
    );
  }
  for (const id of ["site1", "a1", "1975ea83b712", "note", "ünicode"]) assert.equal(idOf(id), id);
});
