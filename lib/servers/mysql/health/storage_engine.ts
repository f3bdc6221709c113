import { raw } from "../../../sql/statement.ts";
import { listed } from "../../../text/listed.ts";
import { failure, success, warning } from "../../finding.ts";
import type { Check } from "../../health.ts";

const OTHER_TABLES = raw(`SELECT table_name AS name, engine AS engine
FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND engine <> 'InnoDB'
ORDER BY table_name`);

/** The format that new tables get, and how many bytes one of their characters may have. */
const FORMAT = raw(`SELECT @@innodb_default_row_format AS format, s.maxlen AS bytes
FROM information_schema.character_sets s
WHERE s.character_set_name = @@character_set_database`);

/** In these formats a column of a key may have 767 bytes, and a text of 255 characters can have 1,020. */
const SHORT_KEYS = ["compact", "redundant"];

/** Whether foreign keys and transactions have an effect on Mistral's tables. */
export const storageEngine: Check = {
  name: "storage-engine",
  title: "Storage engine",
  reason: "Engines other than InnoDB accept foreign keys and transactions, and ignore them.",
  async examine({ database, known }) {
    const own = new Set(known.all);
    const others = (await database.query(OTHER_TABLES)).filter(({ name }) => own.has(String(name)));
    if (others.length > 0) {
      return failure(
        `Not in InnoDB: ${listed(others.map(({ name, engine }) => `${name} (${engine})`))}`,
        `Run ${
          others.map(({ name }) => `ALTER TABLE ${name} ENGINE=InnoDB`).join("; ")
        }; then run ` +
          '"verify --fix-sql", which prints the foreign keys that are missing',
      );
    }
    const [row] = await database.query(FORMAT);
    const format = String(row?.format);
    if (SHORT_KEYS.includes(format) && Number(row!.bytes) > 3) {
      return warning(
        `New tables get the row format ${format}, which is too small for keys on long texts`,
        "Run SET GLOBAL innodb_default_row_format = 'dynamic', and remove the variable from the " +
          "server's configuration",
      );
    }
    return success("All of Mistral's tables use InnoDB, and new ones will too");
  },
};
