/**
 * Certificates made for one run of the tests.
 *
 * @module
 */
import { programs } from "./packages.ts";
import { run } from "./process.ts";

const SUBJECTS = {
  server: { name: "localhost", extension: "subjectAltName=DNS:localhost" },
  client: { name: "by_certificate", extension: "extendedKeyUsage=clientAuth" },
} as const;

/**
 * Makes, in a folder: `ca.pem`, an authority; `server.pem` and `server.key`, signed by it for the
 * host name `localhost` and for no address; `client.pem` and `client.key`, signed by it for the user
 * `by_certificate`; `other-ca.pem`, an authority that signed nothing. Gives the folder.
 */
export async function makeCertificates(folder: string): Promise<string> {
  await Deno.mkdir(folder, { recursive: true });
  const { openssl } = await programs(["openssl"], ["openssl"]);
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const request = [openssl, "req", "-x509", ...key, "-days", "2"];
  await Promise.all(["ca", "other-ca"].map((name) =>
    run([
      ...request,
      ...[
        "-subj",
        `/CN=Test authority ${name}`,
        "-addext",
        "keyUsage=critical,keyCertSign,cRLSign",
      ],
      ...["-keyout", `${folder}/${name}.key`, "-out", `${folder}/${name}.pem`],
    ])
  ));
  const authority = ["-CA", `${folder}/ca.pem`, "-CAkey", `${folder}/ca.key`];
  await Promise.all(
    Object.entries(SUBJECTS).map(([file, { name, extension }]) =>
      run([
        ...[...request, ...authority, "-subj", `/CN=${name}`, "-addext", extension],
        ...["-addext", "basicConstraints=critical,CA:FALSE"],
        ...["-keyout", `${folder}/${file}.key`, "-out", `${folder}/${file}.pem`],
      ])
    ),
  );
  return folder;
}
