import type { Definition } from "../../definitions/definition.ts";
import { specJson } from "./spec_json.ts";

const inputs = ["host", "username", "password"];

/** `std.wait_ssh`: waits for a host to accept a login over SSH. */
export const waitSsh: Definition = {
  kind: "action",
  name: "std.wait_ssh",
  description:
    "Lists the home directory on a host over SSH; with retry, waits until the host lets a user in.",
  tags: "[]",
  inputs,
  text:
    `# Lists the home directory on a host over SSH. In a task with "retry" it waits until the host
# lets a user in.
version: "2.0"

std.wait_ssh:
  base: std.ssh
  base-input:
    host: <% $.host %>
    username: <% $.username %>
    password: <% $.password %>
    cmd: ls -l
  input:
    - host
    - username
    - password
`,
  spec: specJson({
    base: "std.ssh",
    "base-input": {
      host: "<% $.host %>",
      username: "<% $.username %>",
      password: "<% $.password %>",
      cmd: "ls -l",
    },
    input: inputs,
    name: "std.wait_ssh",
    version: "2.0",
  }),
};
