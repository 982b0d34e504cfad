// Shows these lines of docs/compatibility.md: bmc-address-malformed.
import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import { describe, it } from 'node:test';
import { recordingLogger } from '../../testing/recording-logger.ts';
import type { JsonObject } from '../json/json-value.ts';
import { bmcAddresses, type ResolveHost } from './bmc-address.ts';

/** As `dns.lookup` does it: addresses as they stand, `0x7f.1` as the C library reads it, known names. */
const resolve: ResolveHost = async (host) => {
  const names: Record<string, string[]> = {
    localhost: ['::1', '127.0.0.1'],
    '0x7f.1': ['127.0.0.1'],
    'bmc.example': ['192.0.2.10'],
    'dual.example': ['2001:db8::a', '192.0.2.10'],
    'many.example': ['192.0.2.10', '192.0.2.11', '2001:db8::a', '2001:db8::b'],
    'half.example': ['127.0.0.1', '2001:db8::a'],
  };
  const answers = isIP(host) > 0 ? [host] : names[host];
  if (answers === undefined) throw new Error(`getaddrinfo ENOTFOUND ${host}`);
  return answers.map((address) => ({ address, family: isIP(address) }));
};

const defaultFields = ['redfish_address', 'ilo_address', 'drac_host', 'drac_address', 'ibmc_address'];

async function found(driver_info: JsonObject, fields: readonly string[] = defaultFields) {
  const log = recordingLogger();
  const addresses = await bmcAddresses({ uuid: 'u1', driver_info }, { fields, resolve }, log);
  return { addresses, warnings: log.at('warning') };
}

describe('the address of a BMC in driver_info', () => {
  const addresses: [JsonObject, string[]][] = [
    [{}, []],
    [{ ipmi_address: '192.0.2.1' }, ['192.0.2.1']],
    [{ ipmi_address: '0.0.0.0' }, ['0.0.0.0']],
    [{ ipmi_address: '[2001:db8::1]' }, ['2001:db8::1']],
    [{ ipmi_address: '2001:DB8::A' }, ['2001:db8::a']],
    [{ ipmi_address: '2001:0db8:0:0::1' }, ['2001:db8::1']],
    [{ ipmi_address: 'bmc.example' }, ['192.0.2.10']],
    [{ ipmi_address: 'dual.example' }, ['192.0.2.10', '2001:db8::a']],
    [{ ipmi_address: 'many.example' }, ['192.0.2.11', '2001:db8::b']],
    [{ redfish_address: 'https://192.0.2.1:8000/redfish/v1' }, ['192.0.2.1']],
    [{ redfish_address: 'https://192.0.2.1' }, ['192.0.2.1']],
    [{ redfish_address: 'https://192.0.2.1?a=b' }, ['192.0.2.1']],
    [{ redfish_address: 'HTTPS://192.0.2.1#x' }, ['192.0.2.1']],
    [{ redfish_address: 'https://admin:p@ss@192.0.2.1:443/' }, ['192.0.2.1']],
    [{ redfish_address: 'https://[2001:DB8::1]:8000/x' }, ['2001:db8::1']],
    [{ redfish_address: 'https://admin:secret@[2001:db8::1]' }, ['2001:db8::1']],
    [{ redfish_address: 'redfish+https://bmc.example/x' }, ['192.0.2.10']],
    [{ redfish_address: 'https://192.0.2.1:no-port/' }, ['192.0.2.1']],
    [{ redfish_address: '//192.0.2.1/x' }, ['192.0.2.1']],
    [{ ilo_address: '192.0.2.2' }, ['192.0.2.2']],
    [{ drac_host: '192.0.2.3' }, ['192.0.2.3']],
    [{ drac_address: '192.0.2.4' }, ['192.0.2.4']],
    [{ ibmc_address: 'https://192.0.2.5' }, ['192.0.2.5']],
    [{ irmc_address: '192.0.2.6' }, []],
  ];
  for (const [info, expected] of addresses) {
    it(`is ${JSON.stringify(expected)} for ${JSON.stringify(info)}`, async () => {
      assert.deepEqual(await found(info), { addresses: expected, warnings: [] });
    });
  }

  it('may be in the fields that were configured', async () => {
    const { addresses: configured } = await found({ irmc_address: '192.0.2.6' }, ['irmc_address']);

    assert.deepEqual(configured, ['192.0.2.6']);
  });
});

describe('which field decides', () => {
  it('is ipmi_address before all others, and then their order', async () => {
    const both = await found({ redfish_address: '192.0.2.1', ipmi_address: '192.0.2.2' });
    const others = await found({ drac_host: '192.0.2.1', ilo_address: '192.0.2.2' });

    assert.deepEqual(both.addresses, ['192.0.2.2']);
    assert.deepEqual(others.addresses, ['192.0.2.2']);
  });

  for (const empty of ['', null, 0, false, [], {}]) {
    it(`is not one with ${JSON.stringify(empty)}`, async () => {
      const { addresses } = await found({ ipmi_address: empty, redfish_address: '192.0.2.1' });

      assert.deepEqual(addresses, ['192.0.2.1']);
    });
  }

  it('is the first with a value, even when it leads nowhere', async () => {
    const { addresses } = await found({ ipmi_address: 'unknown.example', redfish_address: '192.0.2.1' });

    assert.deepEqual(addresses, []);
  });

  it('is not one that every object has', async () => {
    const { addresses } = await found({}, ['constructor', 'toString']);

    assert.deepEqual(addresses, []);
  });
});

describe('a bridged BMC', () => {
  for (const bridging of ['single', 'dual', '', null, false, 'No']) {
    it(`has no address of its own with ipmi_bridging ${JSON.stringify(bridging)}`, async () => {
      const { addresses, warnings } = await found({ ipmi_bridging: bridging, ipmi_address: '192.0.2.1' });

      assert.deepEqual({ addresses, warnings }, { addresses: [], warnings: [] });
    });
  }

  it('is none with ipmi_bridging no', async () => {
    const { addresses } = await found({ ipmi_bridging: 'no', ipmi_address: '192.0.2.1' });

    assert.deepEqual(addresses, ['192.0.2.1']);
  });
});

describe('a loopback address', () => {
  const cases: [string, string[], string[]][] = [
    ['localhost', [], ['::1', '127.0.0.1']],
    ['127.0.0.2', [], ['127.0.0.2']],
    ['::1', [], ['::1']],
    ['0x7f.1', [], ['127.0.0.1']],
    ['https://127.0.0.1:8000', [], ['127.0.0.1']],
    ['half.example', ['2001:db8::a'], ['127.0.0.1']],
  ];
  for (const [value, addresses, ignored] of cases) {
    it(`is ignored with a warning: ${value}`, async () => {
      assert.deepEqual(await found({ ipmi_address: value }), {
        addresses,
        warnings: ignored.map((address) => `Ignoring loopback BMC address ${address}`),
      });
    });
  }
});

describe('an address that stands there as such', () => {
  const settings = {
    fields: defaultFields,
    resolve: () => assert.fail('a name server was asked'),
  };

  for (const [value, expected] of [
    ['192.0.2.1', '192.0.2.1'],
    ['https://[2001:DB8::1]/redfish', '2001:db8::1'],
  ] as const) {
    it(`needs no name server: ${value}`, async () => {
      const node = { uuid: 'u1', driver_info: { redfish_address: value } };

      assert.deepEqual(await bmcAddresses(node, settings, recordingLogger()), [expected]);
    });
  }
});

describe('an address with a zone', () => {
  for (const address of ['fe80::1%eth0', 'fe80::1%']) {
    it(`fails nothing: ${address}`, async () => {
      assert.ok(Array.isArray((await found({ ipmi_address: address })).addresses));
    });
  }
});

describe('an address that leads nowhere', () => {
  for (const [value, host] of [
    ['192.0.2.1:443', '192.0.2.1:443'],
    ['unknown.example', 'unknown.example'],
    ['https://unknown.example/x', 'unknown.example'],
  ] as const) {
    it(`is none, with a warning: ${value}`, async () => {
      assert.deepEqual(await found({ ipmi_address: value }), {
        addresses: [],
        warnings: [`Failed to resolve the hostname (${host}) for node u1`],
      });
    });
  }
});

describe('what is no address', () => {
  const values = [
    'https://',
    'https:///redfish/v1',
    'https://:443/',
    'https://user@/',
    'https://[]/',
    'bmc.example//x',
    'bmc.example:443//x',
    '//',
    '[]',
    7,
    true,
    ['192.0.2.1'],
    { address: '192.0.2.1' },
  ];
  for (const value of values) {
    it(`is none, with a warning where the original fails: ${JSON.stringify(value)}`, async () => {
      assert.deepEqual(await found({ redfish_address: value }), {
        addresses: [],
        warnings: ['Ignoring the BMC address of node u1: expected an address, a host name or a URL'],
      });
    });
  }
});
