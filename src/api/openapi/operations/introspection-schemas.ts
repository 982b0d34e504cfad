import type { ParameterDocumentation } from '../../../json/documented-operation.ts';
import {
  anyObjectSchema,
  type JsonSchema,
  listSchema,
  objectSchema,
  orNull,
  schemaNamed,
  textSchema,
} from '../../../json/json-schema.ts';
import type { JsonObject } from '../../../json/json-value.ts';
import { states } from '../../../nodes/states.ts';
import { exampleNames } from '../example-names.ts';

/** What the operations of introspections are made of, by name. */
export const introspectionSchemas: Readonly<Record<string, JsonSchema>> = {
  Status: objectSchema(
    {
      uuid: textSchema('The UUID of the node.'),
      state: textSchema('Where the introspection is.', { enum: [...states] }),
      started_at: orNull(textSchema('UTC in ISO 8601, without a time zone. Null where a crash has lost it.')),
      finished_at: orNull(textSchema('In the same form; null while it runs.')),
      finished: { type: 'boolean', description: 'Whether it has ended, in whatever way.' },
      error: orNull(textSchema('Why it failed; null when it did not.')),
      links: schemaNamed('Links'),
    },
    { description: 'How far the introspection of a node is.' },
  ),
  RamdiskData: {
    ...anyObjectSchema('What a ramdisk has found. Members that no hook knows are kept, too.'),
    properties: {
      inventory: anyObjectSchema(
        'interfaces (each with name and mac_address), disks, cpu, memory, bmc_address, boot and more.',
      ),
      root_disk: orNull(anyObjectSchema('The disk to install on.')),
      boot_interface: orNull(
        textSchema('The MAC address that the machine booted from, as PXELINUX writes it.'),
      ),
      error: orNull(textSchema('What went wrong on the machine; the introspection ends with it.')),
      logs: orNull(textSchema('An archive of logs in base64.')),
    },
  },
  IntrospectionData: anyObjectSchema('What is known of the machine, as it is stored: without the logs.'),
  Change: objectSchema(
    {
      by: textSchema('Who decided it: `hook <name>` or `rule <uuid>`.'),
      on: textSchema('What it concerns: `node`, `port <mac>` or `trait`.'),
      path: textSchema('Where in it, as a JSON pointer; the name of a trait; empty for a whole port.'),
      from: { description: 'What was there before; null for nothing.' },
      to: { description: 'What is there now; null when it is removed.' },
    },
    { description: 'One thing that a hook or a rule decided.' },
  ),
  Empty: objectSchema({}, { description: 'An object without members: the request is accepted.' }),
};

/** `<node>` in a path. */
export const nodeParameter: ParameterDocumentation = {
  in: 'path',
  name: 'node',
  description: 'The UUID of the node, or its name since version 1.5.',
  schema: textSchema('A UUID in any spelling, or a name.', { minLength: 1 }),
};

/** The status of the example's node when its introspection has ended well. */
export const exampleStatus: JsonObject = {
  uuid: exampleNames.node,
  state: 'finished',
  started_at: exampleNames.startedAt,
  finished_at: exampleNames.finishedAt,
  finished: true,
  error: null,
  links: [{ href: `${exampleNames.root}/v1/introspection/${exampleNames.node}`, rel: 'self' }],
};

/** What the ramdisk of the example's machine posts: about the least that the default hooks are content with. */
export const exampleRamdiskData: JsonObject = {
  inventory: {
    interfaces: [{ name: 'eno1', mac_address: exampleNames.mac, ipv4_address: '198.51.100.11' }],
    disks: [{ name: '/dev/sda', size: 107_374_182_400, rotational: false }],
    cpu: { count: 48, architecture: 'x86_64', flags: ['vmx', 'aes'] },
    memory: { physical_mb: 131_072 },
    bmc_address: '192.0.2.10',
    boot: { current_boot_mode: 'uefi' },
  },
  root_disk: { name: '/dev/sda', size: 107_374_182_400 },
  boot_interface: `01-${exampleNames.mac.replaceAll(':', '-')}`,
};

/** The list of statuses. */
export const statusListSchema: JsonSchema = objectSchema({
  introspection: listSchema(schemaNamed('Status'), 'Newest first.'),
});
