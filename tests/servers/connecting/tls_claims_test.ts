import assert from "node:assert/strict";
import { connectionSettings } from "../../../lib/servers/connecting/url/connection_settings.ts";
import { Secret } from "../../../lib/servers/connecting/url/secret.ts";
import { OperatorError } from "../../../lib/errors.ts";
import { TLS_MODES } from "../../../lib/servers/connecting/tls_claims.ts";

const MYSQL_PARAMETERS = [
  ...["DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY"]
    .map((mode) => `ssl_mode=${mode}`),
  ...["ssl", "ssl_disabled", "ssl_verify_cert", "ssl_verify_identity", "ssl_check_hostname"]
    .flatMap((name) => [`${name}=true`, `${name}=false`]),
  ...["ssl_ca=/ca", "ssl_cert=/cert", "ssl_key=/key"],
];

const POSTGRESQL_PARAMETERS = [
  ...TLS_MODES.flatMap((mode) => [`sslmode=${mode}`, `ssl=${mode}`]),
  ...["sslrootcert=/ca", "sslrootcert=system"],
];

const nameOf = (parameter: string) => parameter.split("=")[0]!;

/** What parameters result in: the number of a mode, or the refusal. */
function result(dialect: string, parameters: readonly string[]): number | string {
  try {
    const settings = connectionSettings(new Secret(`${dialect}://h/d?${parameters.join("&")}`));
    assert.ok(settings.dialect !== "sqlite");
    return TLS_MODES.indexOf(settings.tls.mode);
  } catch (error) {
    assert.ok(error instanceof OperatorError, String(error));
    return error.message;
  }
}

/** All sets of at most three parameters. */
function* combinations(parameters: readonly string[], from = 0, size = 3): Generator<string[]> {
  yield [];
  if (size === 0) return;
  for (let index = from; index < parameters.length; index++) {
    for (const rest of combinations(parameters, index + 1, size - 1)) {
      yield [parameters[index]!, ...rest];
    }
  }
}

/** The mode that each parameter asks for in the company of others. */
const ASKS: Readonly<Record<string, string>> = {
  "ssl_mode=DISABLED": "disable",
  "ssl_mode=PREFERRED": "prefer",
  "ssl_mode=REQUIRED": "require",
  "ssl_mode=VERIFY_CA": "verify-ca",
  "ssl_mode=VERIFY_IDENTITY": "verify-full",
  "ssl=true": "require",
  "ssl_verify_cert=true": "verify-ca",
  "ssl_verify_identity=true": "verify-full",
  "ssl_check_hostname=true": "verify-full",
  "ssl_ca=/ca": "verify-ca",
  "ssl_cert=/cert": "require",
  "ssl_key=/key": "require",
  "sslrootcert=/ca": "verify-ca",
  "sslrootcert=system": "verify-full",
  ...Object.fromEntries(
    TLS_MODES.flatMap((mode) => [[`sslmode=${mode}`, mode], [`ssl=${mode}`, mode]]),
  ),
};

/** Parameters that forbid TLS, or a check of the server. */
const LIMITS: Readonly<Record<string, string>> = {
  "ssl_mode=DISABLED": "disable",
  "ssl=false": "disable",
  "ssl_disabled=true": "disable",
  "ssl_verify_cert=false": "require",
  "ssl_verify_identity=false": "verify-ca",
  "ssl_check_hostname=false": "verify-ca",
  "sslmode=disable": "disable",
  "ssl=disable": "disable",
};

const levelOf = (mode: string | undefined) => TLS_MODES.findIndex((one) => one === mode);

for (
  const [dialect, parameters] of [
    ["mysql", MYSQL_PARAMETERS],
    ["postgresql", POSTGRESQL_PARAMETERS],
  ] as const
) {
  Deno.test(`no parameter takes away what another one asks for (${dialect})`, () => {
    let accepted = 0, contradicting = 0;
    for (const together of combinations(parameters)) {
      const what = together.join("&");
      const outcome = result(dialect, together);
      const names = together.map(nameOf);
      if (new Set(names).size < names.length) {
        assert.match(String(outcome), /occurs twice/, what);
        continue;
      }
      const asked = Math.max(-1, ...together.map((one) => levelOf(ASKS[one])));
      const limits = together.filter((one) => one in LIMITS && levelOf(LIMITS[one]) < asked);
      if (limits.length > 0) {
        contradicting++;
        const [, limit, other] = /"([^"]*)" contradicts "([^"]*)"/.exec(String(outcome)) ?? [];
        assert.ok(limits.includes(limit!), `${what}: ${outcome}`);
        assert.ok(together.some((one) => one.startsWith(other!) && one !== limit), what);
      } else if (typeof outcome === "number") {
        accepted++;
        assert.ok(outcome >= asked, `${what}: ${TLS_MODES[outcome]}`);
      } else assert.match(outcome, /needs "sslrootcert"/, what);
    }
    assert.ok(accepted > 10 && contradicting > 10);
  });
}

Deno.test("ssl_ca alone, or beside anything that does not say how far to check, asks for everything", () => {
  for (const beside of ["", "ssl=true", "ssl_cert=/c&ssl_key=/k", "ssl_disabled=false"]) {
    assert.equal(result("mysql", ["ssl_ca=/ca", beside]), levelOf("verify-full"));
  }
  assert.equal(result("mysql", ["ssl_ca=/ca", "ssl_mode=PREFERRED"]), levelOf("verify-ca"));
});
