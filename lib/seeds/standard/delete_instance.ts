import type { Definition } from "../../definitions/definition.ts";
import { specJson, task } from "./spec_json.ts";

const inputs = ["instance_id"];

/** The workflow that deletes a virtual machine, under the name that a release gives it. */
export const deleteInstance = (name: string): Definition => ({
  kind: "workflow",
  name,
  description: null,
  tags: "[]",
  inputs,
  text: `# Deletes a virtual machine and makes sure that it is gone.
version: "2.0"

${name}:
  type: direct
  input:
    - instance_id
  tasks:
    delete_vm:
      action: nova.servers_delete server=<% $.instance_id %>
      wait-after: 10
      on-success:
        - find_given_vm
    # Not to find the machine is what is wanted here.
    find_given_vm:
      action: nova.servers_find id=<% $.instance_id %>
      on-error:
        - succeed
`,
  spec: specJson({
    type: "direct",
    input: inputs,
    tasks: {
      ...task("delete_vm", {
        action: "nova.servers_delete server=<% $.instance_id %>",
        "wait-after": 10,
        "on-success": ["find_given_vm"],
      }),
      ...task("find_given_vm", {
        action: "nova.servers_find id=<% $.instance_id %>",
        "on-error": ["succeed"],
      }),
    },
    name,
    version: "2.0",
  }),
});
