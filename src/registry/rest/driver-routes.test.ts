import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registryApi } from '../../../testing/registry-api-builder.ts';

describe('drivers', () => {
  it('are listed', async () => {
    const { call } = await registryApi();

    const { body } = await call('GET', '/v1/drivers');
    const classic = await call('GET', '/v1/drivers?type=classic');
    const detail = await call('GET', '/v1/drivers?type=dynamic&detail=True');

    assert.deepEqual(
      body.drivers.map((driver: any) => [driver.name, driver.hosts, driver.type]),
      [
        ['fake-hardware', ['here'], 'dynamic'],
        ['manual-management', ['here'], 'dynamic'],
        ['redfish', ['here'], 'dynamic'],
      ],
    );
    assert.deepEqual(classic.body, { drivers: [] });
    assert.equal(detail.body.drivers[2].default_power_interface, 'redfish');
  });

  it('are shown with their parts and properties', async () => {
    const { call } = await registryApi();

    const { body } = await call('GET', '/v1/drivers/redfish');
    const properties = await call('GET', '/v1/drivers/redfish/properties');

    assert.equal(body.default_management_interface, 'redfish');
    assert.deepEqual(body.enabled_rescue_interfaces, ['no-rescue']);
    assert.match(properties.body.redfish_address, /Required\.$/);
  });

  it('show old clients what they know', async () => {
    const { call } = await registryApi();

    const oldest = (await call('GET', '/v1/drivers/redfish', undefined, '1.1')).body;
    const older = (await call('GET', '/v1/drivers/redfish', undefined, '1.32')).body;

    assert.deepEqual(Object.keys(oldest).toSorted(), ['hosts', 'links', 'name']);
    assert.equal('default_storage_interface' in older, false);
    assert.equal('default_power_interface' in older, true);
  });

  it('that are not there are not found', async () => {
    const { call } = await registryApi();

    const { status, fault } = await call('GET', '/v1/drivers/ipmi');
    const type = await call('GET', '/v1/drivers?type=other');
    const old = await call('GET', '/v1/drivers?detail=True', undefined, '1.29');

    assert.deepEqual(
      [status, fault],
      [404, 'Could not find the following driver(s) or hardware type(s): ipmi.'],
    );
    assert.equal(type.status, 400);
    assert.equal(old.status, 406);
  });
});
