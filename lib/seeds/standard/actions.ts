/**
 * The standard actions of the releases that read them from the database.
 *
 * @module
 */

/** An action that is a class of the engine. */
export interface StandardAction {
  readonly name: string;
  /** The class in `mistral.actions.std_actions`. */
  readonly className: string;
  readonly description: string;
  /** The input as the release writes it; each holds until the next, the first is the action's first. */
  readonly inputs: readonly { readonly since: string; readonly input: string }[];
}

/** The first revision whose engine gets the standard actions from action providers. */
export const ACTION_PROVIDERS_REVISION = "039";

/** All standard actions, up to Ussuri, which is the last release that reads them from the database. */
export const STANDARD_ACTIONS: readonly StandardAction[] = [
  {
    name: "std.async_noop",
    className: "AsyncNoOpAction",
    description: "Does nothing and waits for its result to be sent from outside.",
    inputs: [
      { since: "kilo", input: "" },
    ],
  },
  {
    name: "std.echo",
    className: "EchoAction",
    description: "Returns its input.",
    inputs: [
      { since: "kilo", input: "output" },
      { since: "train", input: "output, delay=0" },
    ],
  },
  {
    name: "std.email",
    className: "SendEmailAction",
    description: "Sends an e-mail through an SMTP server.",
    inputs: [
      {
        since: "kilo",
        input: "from_addr, to_addrs, smtp_server, smtp_password, subject=null, body=null",
      },
      {
        since: "ocata",
        input: "from_addr, to_addrs, smtp_server, smtp_password=null, subject=null, body=null",
      },
      {
        since: "rocky",
        input:
          "from_addr, to_addrs, smtp_server, cc_addrs=null, bcc_addrs=null, smtp_password=null, subject=null, body=null, html_body=null",
      },
      {
        since: "train",
        input:
          "from_addr, to_addrs, smtp_server, reply_to=null, cc_addrs=null, bcc_addrs=null, smtp_password=null, subject=null, body=null, html_body=null",
      },
    ],
  },
  {
    name: "std.fail",
    className: "FailAction",
    description: "Fails always.",
    inputs: [
      { since: "kilo", input: "" },
      { since: "rocky", input: "error_data=null" },
    ],
  },
  {
    name: "std.http",
    className: "HTTPAction",
    description: "Sends an HTTP request and returns the response.",
    inputs: [
      {
        since: "kilo",
        input:
          'url, method="GET", params=null, body=null, headers=null, cookies=null, auth=null, timeout=null, allow_redirects=null, proxies=null, verify=null',
      },
      {
        since: "ussuri",
        input:
          'url, method="GET", params=null, body=null, json=null, headers=null, cookies=null, auth=null, timeout=null, allow_redirects=null, proxies=null, verify=null',
      },
    ],
  },
  {
    name: "std.javascript",
    className: "JavaScriptAction",
    description: "Runs JavaScript and returns its result.",
    inputs: [
      { since: "kilo", input: "script, context=null" },
    ],
  },
  {
    name: "std.js",
    className: "JavaScriptAction",
    description: "Runs JavaScript and returns its result.",
    inputs: [
      { since: "ocata", input: "script, context=null" },
    ],
  },
  {
    name: "std.mistral_http",
    className: "MistralHTTPAction",
    description:
      "Sends an HTTP request and waits for its result to be sent to the URL in the request.",
    inputs: [
      {
        since: "kilo",
        input:
          'action_context, url, method="GET", params=null, body=null, headers=null, cookies=null, auth=null, timeout=null, allow_redirects=null, proxies=null, verify=null',
      },
      {
        since: "queens",
        input:
          'url, method="GET", params=null, body=null, headers=null, cookies=null, auth=null, timeout=null, allow_redirects=null, proxies=null, verify=null',
      },
      {
        since: "ussuri",
        input:
          'url, method="GET", params=null, body=null, json=null, headers=null, cookies=null, auth=null, timeout=null, allow_redirects=null, proxies=null, verify=null',
      },
    ],
  },
  {
    name: "std.noop",
    className: "NoOpAction",
    description: "Does nothing.",
    inputs: [
      { since: "kilo", input: "" },
    ],
  },
  {
    name: "std.sleep",
    className: "SleepAction",
    description: "Waits some seconds.",
    inputs: [
      { since: "newton", input: "seconds=1" },
    ],
  },
  {
    name: "std.ssh",
    className: "SSHAction",
    description: "Runs a command on a host over SSH.",
    inputs: [
      { since: "kilo", input: "cmd, host, username, password" },
      { since: "liberty", input: "cmd, host, username, password=null, private_key=null" },
      { since: "mitaka", input: "cmd, host, username, password=null, private_key_filename=null" },
      { since: "rocky", input: 'cmd, host, username, password="", private_key_filename=null' },
      {
        since: "train",
        input: 'cmd, host, username, password="", private_key_filename=null, private_key=null',
      },
    ],
  },
  {
    name: "std.ssh_proxied",
    className: "SSHProxiedAction",
    description: "Runs a command over SSH on a host behind a gateway.",
    inputs: [
      {
        since: "liberty",
        input:
          "cmd, host, username, private_key, gateway_host, gateway_username=null, password=null, proxy_command=null",
      },
      {
        since: "mitaka",
        input:
          "cmd, host, username, private_key_filename, gateway_host, gateway_username=null, password=null, proxy_command=null",
      },
      {
        since: "train",
        input:
          "cmd, host, username, private_key_filename, gateway_host, gateway_username=null, password=null, proxy_command=null, private_key=null",
      },
    ],
  },
  {
    name: "std.test_dict",
    className: "TestDictAction",
    description: "Returns a map of any size, to measure the engine with.",
    inputs: [
      { since: "ocata", input: 'size=0, key_prefix="", val=""' },
    ],
  },
];
