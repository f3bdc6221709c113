import type { Definition } from "../../definitions/definition.ts";
import { specJson, task } from "./spec_json.ts";

const inputs = ["name", "image", "flavor", "keypair", "network"];

/** The workflow that boots a virtual machine, under the name that a release gives it. */
export const createInstance = (name: string): Definition => ({
  kind: "workflow",
  name,
  description: null,
  tags: "[]",
  inputs,
  text:
    `# Boots a virtual machine from names: looks up the image, the flavor and the network side by side,
# asks Nova for the machine, and ends when Nova says that it is active.
version: "2.0"

${name}:
  type: direct
  input:
    - name
    - image
    - flavor
    - keypair
    - network
  output:
    id: <% $.vm_id %>
    name: <% $.name %>
    status: <% $.status %>
  tasks:
    get_image:
      action: glance.images_list
      input:
        name: <% $.image %>
      publish:
        image_id: <% task().result[0].id %>
      on-success:
        - create_vm
    get_flavor:
      action: nova.flavors_find
      input:
        name: <% $.flavor %>
      publish:
        flavor_id: <% task().result.id %>
      on-success:
        - create_vm
    get_network:
      action: neutron.list_networks
      input:
        name: <% $.network %>
      publish:
        network_id: <% task().result.networks[0].id %>
      on-success:
        - create_vm
    create_vm:
      join: all
      action: nova.servers_create name=<% $.name %> image=<% $.image_id %> flavor=<% $.flavor_id %>
      input:
        name: <% $.name %>
        image: <% $.image_id %>
        flavor: <% $.flavor_id %>
        key_name: <% $.keypair %>
        nics:
          - net-id: <% $.network_id %>
      publish:
        vm_id: <% task(create_vm).result.id %>
      on-success:
        - wait_vm_active
    # Fails, and is tried again, as long as no active machine has this id.
    wait_vm_active:
      action: nova.servers_find id=<% $.vm_id %> status="ACTIVE"
      retry:
        count: 10
        delay: 10
      publish:
        status: <% task(wait_vm_active).result.status %>
`,
  spec: specJson({
    type: "direct",
    input: inputs,
    output: { id: "<% $.vm_id %>", name: "<% $.name %>", status: "<% $.status %>" },
    tasks: {
      ...task("get_image", {
        action: "glance.images_list",
        input: { name: "<% $.image %>" },
        publish: { image_id: "<% task().result[0].id %>" },
        "on-success": ["create_vm"],
      }),
      ...task("get_flavor", {
        action: "nova.flavors_find",
        input: { name: "<% $.flavor %>" },
        publish: { flavor_id: "<% task().result.id %>" },
        "on-success": ["create_vm"],
      }),
      ...task("get_network", {
        action: "neutron.list_networks",
        input: { name: "<% $.network %>" },
        publish: { network_id: "<% task().result.networks[0].id %>" },
        "on-success": ["create_vm"],
      }),
      ...task("create_vm", {
        join: "all",
        action:
          "nova.servers_create name=<% $.name %> image=<% $.image_id %> flavor=<% $.flavor_id %>",
        input: {
          name: "<% $.name %>",
          image: "<% $.image_id %>",
          flavor: "<% $.flavor_id %>",
          key_name: "<% $.keypair %>",
          nics: [{ "net-id": "<% $.network_id %>" }],
        },
        publish: { vm_id: "<% task(create_vm).result.id %>" },
        "on-success": ["wait_vm_active"],
      }),
      ...task("wait_vm_active", {
        action: 'nova.servers_find id=<% $.vm_id %> status="ACTIVE"',
        retry: { count: 10, delay: 10 },
        publish: { status: "<% task(wait_vm_active).result.status %>" },
      }),
    },
    name,
    version: "2.0",
  }),
});
