import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nodeDocument } from '../../testing/node-document-builder.ts';
import { withoutSecrets } from './node-document.ts';

describe('withoutSecrets', () => {
  it('hides what is secret, on every level, and nothing else', () => {
    const node = nodeDocument({
      driver_info: {
        ipmi_address: '192.0.2.7',
        ipmi_password: 'p',
        snmp_auth_key: 'k',
        snmp_priv_key: 'k',
        nested: { redfish_password: 'p', list: [{ auth_token: 't', port: 1 }] },
        passwords: ['a', 'b'],
      },
      instance_info: { configdrive: 'c' },
      driver_internal_info: { agent_secret_token: 't' },
      extra: { password: 'not secret here' },
    });

    const shown = withoutSecrets(node);

    assert.deepEqual(shown.driver_info, {
      ipmi_address: '192.0.2.7',
      ipmi_password: '******',
      snmp_auth_key: '******',
      snmp_priv_key: '******',
      nested: { redfish_password: '******', list: [{ auth_token: '******', port: 1 }] },
      passwords: ['******', '******'],
    });
    assert.deepEqual(shown.instance_info, { configdrive: '******' });
    assert.deepEqual(shown.driver_internal_info, { agent_secret_token: '******' });
    assert.deepEqual(shown.extra, node.extra);
    assert.equal(node.driver_info.ipmi_password, 'p');
  });

  it('takes a node of which only some fields were read', () => {
    assert.deepEqual(withoutSecrets({ uuid: 'u' }), { uuid: 'u' });
  });
});
