import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDraft } from '../../../testing/node-draft-builder.ts';
import { ramdiskMacs as macs, nic, ramdiskData } from '../../../testing/ramdisk-data-builder.ts';
import { recordingLogger } from '../../../testing/recording-logger.ts';
import { defaultsOf, type OptionsOf } from '../../config/option.ts';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { validateInterfacesHook, validateInterfacesOptions } from './validate-interfaces.ts';

type Options = Partial<OptionsOf<typeof validateInterfacesOptions.options>> & {
  overwrite_existing?: boolean;
};
type Changes = Record<string, JsonValue | undefined>;

const defaults = { ...defaultsOf(validateInterfacesOptions), overwrite_existing: true };
const stranger = '52:54:00:ff:ff:ff';

function pre(changes: Changes = {}, options: Options = {}) {
  const data = ramdiskData(changes);
  const log = recordingLogger();
  void validateInterfacesHook({ ...defaults, ...options }).beforeProcessing?.(data, { log });
  return { data, log };
}

function post(
  changes: Changes = {},
  options: Options = {},
  ports: (JsonObject & { address: string })[] = [],
  state = 'manageable',
) {
  const { data, log } = pre(changes, options);
  const draft = nodeDraft({ provision_state: state }, ports);
  void validateInterfacesHook({ ...defaults, ...options }).beforeUpdate?.(data, draft, { log });
  const flags = [...draft.ports.values()].map((port): [string, boolean] => [port.address, port.pxe_enabled]);
  return { ports: Object.fromEntries(flags), draft, plan: draft.plan(), log };
}

describe('validate_interfaces, before the node is known', () => {
  it('refuses options that contradict each other', () => {
    assert.throws(() => validateInterfacesHook({ ...defaults, add_ports: 'disabled', keep_ports: 'added' }), {
      message:
        'Configuration error: add_ports set to disabled and keep_ports set to added. Please change keep_ports to all.',
    });
  });

  it('writes down BMC addresses, all interfaces, and those that become ports', () => {
    const { data } = pre();

    assert.equal(data.ipmi_address, '192.0.2.10');
    assert.equal(data.ipmi_v6address, null);
    const boot = { ip: '198.51.100.11', mac: macs.eno1, client_id: null, pxe: true };
    assert.deepEqual(data.all_interfaces, {
      eno1: boot,
      eno2: { ip: '203.0.113.12', mac: macs.eno2, client_id: null, pxe: false },
      eno3: { ip: null, mac: macs.eno3, client_id: null, pxe: false },
      lo: { ip: '127.0.0.1', mac: '00:00:00:00:00:00', client_id: null, pxe: false },
    });
    assert.deepEqual(data.interfaces, { eno1: boot });
    assert.deepEqual(data.macs, [macs.eno1]);
  });

  it('replaces what the ramdisk put there', () => {
    const { data } = pre({
      all_interfaces: 5,
      interfaces: [1],
      macs: 'x',
      ipmi_v6address: '::2',
      ipmi_address: 'y',
    });

    assert.deepEqual(data.macs, [macs.eno1]);
    assert.equal(data.ipmi_address, '192.0.2.10');
    assert.equal(data.ipmi_v6address, null);
  });

  it('logs that there is no BMC address', () => {
    const { log } = pre({ 'inventory.bmc_address': null });

    assert.ok(log.at('debug').includes('No BMC address in the introspection data'));
  });

  it('fails without an inventory or interfaces, or when no interface is usable', () => {
    const cases: [Changes, string][] = [
      [{ inventory: null }, 'Hardware inventory is empty or missing'],
      [{ 'inventory.interfaces': [] }, 'No network interfaces provided in the inventory'],
      [{ 'inventory.interfaces': [nic({ name: 'a' })] }, 'No interfaces supplied by the ramdisk'],
      [
        { 'inventory.interfaces': [nic({ name: 'a', mac_address: macs.eno1 })] },
        `No suitable interfaces found in {'a': {'ip': None, 'mac': '${macs.eno1}', 'client_id': None, 'pxe': True}}`,
      ],
    ];
    for (const [changes, message] of cases) assert.throws(() => pre(changes), { kind: 'invalid', message });
  });

  it('has written down all interfaces when none is suitable (interfaces-before-selection)', () => {
    const data = ramdiskData({ boot_interface: stranger });

    assert.throws(() =>
      validateInterfacesHook(defaults).beforeProcessing?.(data, { log: recordingLogger() }),
    );

    assert.deepEqual(Object.keys(data.all_interfaces as JsonObject), ['eno1', 'eno2', 'eno3', 'lo']);
    assert.equal(data.macs, undefined);
  });

  it('keeps the order of interfaces whose names are numbers', () => {
    const interfaces = ['9', 'a', '1'].map((name, index) =>
      nic({ name, mac_address: `52:54:00:00:00:0${index}`, ipv4_address: '192.0.2.1' }),
    );

    const { data } = pre({ 'inventory.interfaces': interfaces, boot_interface: null });

    assert.deepEqual(data.macs, ['52:54:00:00:00:00', '52:54:00:00:00:01', '52:54:00:00:00:02']);
  });
});

describe('validate_interfaces, adding ports', () => {
  it('adds the boot NIC for pxe', () => {
    assert.deepEqual(post().ports, { [macs.eno1]: true });
  });

  it('adds all with an address for active, and turns pxe_enabled off but for the boot NIC', () => {
    assert.deepEqual(post({}, { add_ports: 'active' }).ports, { [macs.eno1]: true, [macs.eno2]: false });
  });

  it('adds all for all', () => {
    const { ports } = post({}, { add_ports: 'all' });

    assert.deepEqual(ports, { [macs.eno1]: true, [macs.eno2]: false, [macs.eno3]: false });
  });

  it('adds none when disabled, but fixes pxe_enabled of those that exist', () => {
    const { ports, plan } = post({}, { add_ports: 'disabled' }, [{ address: macs.eno2 }]);

    assert.deepEqual(ports, { [macs.eno2]: false });
    assert.deepEqual(plan.portCreations, []);
  });

  it('leaves pxe_enabled on without update_pxe_enabled', () => {
    const options: Options = { add_ports: 'all', update_pxe_enabled: false };

    const { ports } = post({}, options, [{ address: macs.eno1, pxe_enabled: false }]);

    assert.deepEqual(ports, { [macs.eno1]: false, [macs.eno2]: true, [macs.eno3]: true });
  });

  it('leaves pxe_enabled alone when the boot NIC is unknown (pxe-enabled-unknown)', () => {
    const { ports } = post({ boot_interface: null }, {}, [{ address: macs.eno2, pxe_enabled: false }]);

    assert.deepEqual(ports, { [macs.eno2]: false, [macs.eno1]: true });
  });

  it('turns pxe_enabled off everywhere when the boot NIC is known but not there', () => {
    assert.deepEqual(post({ boot_interface: stranger }, { add_ports: 'active' }).ports, {
      [macs.eno1]: false,
      [macs.eno2]: false,
    });
  });

  it('names the ports that exist already in one line', () => {
    const { plan, log } = post({}, { add_ports: 'active' }, [
      { address: macs.eno1.toUpperCase() },
      { address: macs.eno2 },
    ]);

    assert.deepEqual(plan.portCreations, []);
    assert.deepEqual(log.at('debug'), [`The node has ports already for ${macs.eno1}, ${macs.eno2}`]);
  });

  it('creates one port for two NICs of one MAC address', () => {
    const twin = (name: string) => nic({ name, mac_address: macs.eno1, ipv4_address: '192.0.2.1' });

    const { plan } = post({ 'inventory.interfaces': [twin('a'), twin('b')] });

    assert.deepEqual(
      plan.portCreations.map((port) => port.address),
      [macs.eno1],
    );
  });

  it('gives the client id of an InfiniBand NIC to the port', () => {
    const { plan } = post({ 'inventory.interfaces.0.client_id': 'ff:00:11' });

    assert.deepEqual(
      plan.portCreations.map((port) => port.extra),
      [{ 'client-id': 'ff:00:11' }],
    );
  });

  it('adds nothing to extra otherwise', () => {
    assert.deepEqual(
      post().plan.portCreations.map((port) => port.extra),
      [{}],
    );
  });
});

describe('validate_interfaces, keeping ports', () => {
  const existing = () => [{ address: macs.eno3 }, { address: stranger }];

  it('keeps every port for all', () => {
    assert.deepEqual(Object.keys(post({}, { keep_ports: 'all' }, existing()).ports), [
      macs.eno3,
      stranger,
      macs.eno1,
    ]);
  });

  it('keeps those of the inventory for present', () => {
    const { ports, plan } = post({}, { keep_ports: 'present' }, existing());

    assert.deepEqual(Object.keys(ports), [macs.eno3, macs.eno1]);
    assert.deepEqual(
      plan.portDeletions.map((port) => port.address),
      [stranger],
    );
  });

  it('keeps those that were chosen for added', () => {
    const { ports, plan } = post({}, { keep_ports: 'added' }, existing());

    assert.deepEqual(Object.keys(ports), [macs.eno1]);
    assert.deepEqual(
      plan.portDeletions.map((port) => port.address),
      [macs.eno3, stranger],
    );
  });

  it('keeps those of the inventory for present when no port is added', () => {
    const { ports } = post({}, { add_ports: 'disabled', keep_ports: 'present' }, existing());

    assert.deepEqual(Object.keys(ports), [macs.eno3]);
  });

  it('compares addresses without regard to case', () => {
    const { plan } = post({}, { keep_ports: 'added' }, [{ address: macs.eno1.toUpperCase() }]);

    assert.deepEqual(plan.portDeletions, []);
  });
});

describe('validate_interfaces, changing ports', () => {
  const existing = () => [
    { address: macs.eno1, pxe_enabled: false },
    { address: macs.eno2, pxe_enabled: true },
  ];

  it('replaces pxe_enabled where it differs, for the NICs that were chosen', () => {
    assert.deepEqual(post({}, {}, existing()).plan.portPatches, [
      {
        address: macs.eno1,
        patch: [{ op: 'replace', path: '/pxe_enabled', value: true }],
        refusalIsHarmless: false,
      },
    ]);
    assert.equal(post({}, { add_ports: 'all' }, existing()).plan.portPatches.length, 2);
  });

  it('changes no existing port without overwrite_existing', () => {
    assert.deepEqual(post({}, { overwrite_existing: false }, existing()).plan.portPatches, []);
  });

  it('neither deletes nor changes ports of nodes in use, but adds', () => {
    for (const state of ['active', 'rescue', 'Active']) {
      const ports = [{ address: macs.eno1, pxe_enabled: false }, { address: stranger }];

      const { plan } = post({}, { add_ports: 'active', keep_ports: 'added' }, ports, state);

      assert.deepEqual(plan.portPatches, []);
      assert.deepEqual(plan.portDeletions, []);
      assert.deepEqual(
        plan.portCreations.map((port) => port.address),
        [macs.eno2],
      );
    }
  });
});
