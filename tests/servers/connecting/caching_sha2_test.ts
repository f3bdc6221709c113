import assert from "node:assert/strict";
import { open } from "../../../lib/servers/connecting/connect.ts";
import { connectionSettings } from "../../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../../lib/servers/connecting/url/secret.ts";
import { raw } from "../../../lib/sql/statement.ts";

const URL_OF_MYSQL = Deno.env.get("TEST_ORACLE_MYSQL_URL");
const SOCKET = Deno.env.get("TEST_ORACLE_MYSQL_SOCKET");
const CA = Deno.env.get("TEST_ORACLE_MYSQL_CA");
const PASSWORDS = ["x", "p@ss:w/ö#%?rd", "0123456789abcdef0123456789abcdef", ""];
const ignore = URL_OF_MYSQL === undefined;

function openUrl(url: string) {
  return open(connectionSettings(new Secret(url)));
}

/** Ways to a server: in the clear the password is encrypted with the server's public key. */
const WAYS = {
  "in the clear": "?get_server_public_key=true",
  "encrypted": "?ssl=true&enable_cleartext_plugin=true",
  "encrypted, to a server that is known":
    `?ssl_ca=${CA}&ssl_verify_cert=true&enable_cleartext_plugin=true`,
  "on a Unix socket": `?unix_socket=${SOCKET}`,
};

for (const [way, query] of Object.entries(WAYS)) {
  Deno.test(`MySQL's caching_sha2_password ${way}`, { ignore }, async () => {
    await using admin = await openUrl(`${URL_OF_MYSQL}${query}`);
    for (const password of PASSWORDS) {
      await admin.execute(raw("DROP USER IF EXISTS cached@'%'"));
      await admin.execute(raw(
        `CREATE USER cached@'%' IDENTIFIED WITH caching_sha2_password BY '${password}'`,
      ));
      await admin.execute(raw("GRANT SELECT ON mysql.* TO cached@'%'"));
      const url = new URL(`${URL_OF_MYSQL}${query}`);
      url.username = "cached";
      url.password = encodeURIComponent(password);
      // The second time the server knows the password from the first.
      for (const _time of [1, 2]) {
        await using connection = await openUrl(url.href);
        const [row] = await connection.query(raw("SELECT current_user() AS u"));
        assert.equal(row!.u, "cached@%");
      }
      url.password = "wrong";
      await assert.rejects(openUrl(url.href), /access denied for user "cached" \(1045\)/);
    }
    await admin.execute(raw("DROP USER cached@'%'"));
  });
}
