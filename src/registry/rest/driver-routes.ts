import { InspectorError } from '../../errors/inspector-error.ts';
import type { JsonObject } from '../../json/json-value.ts';
import { type HardwareType, hardwareTypes, interfaceTypes } from '../hardware-types.ts';
import type { Registry } from '../registry.ts';
import {
  listDriversDocumentation,
  showDriverDocumentation,
  showDriverPropertiesDocumentation,
} from './documentation/drivers.ts';
import { linksTo } from './links.ts';
import { requireMinor } from './microversion.ts';
import { type Call, paramOf, type Route } from './route.ts';

/** Versions that brought a part of drivers, later than the others. */
const partVersions: Readonly<Record<string, number>> = { storage: 33, rescue: 38, bios: 40 };

const listParameters = ['type', 'detail'] as const;

/** What a node's `driver` may be. */
export function driverRoutes({ context: { host } }: Registry): Route[] {
  return [
    {
      method: 'GET',
      path: '/drivers',
      documentation: listDriversDocumentation(listParameters),
      handle(call) {
        const type = call.query.only(...listParameters).text('type');
        const detail = call.query.flag('detail');
        if (type !== undefined || detail !== undefined) requireMinor(call.minor, 30);
        if (type !== undefined && type !== 'classic' && type !== 'dynamic') {
          throw new InspectorError(
            'invalid',
            '"type" filter must be one of "classic" or "dynamic", if specified.',
          );
        }
        const listed = type === 'classic' ? [] : hardwareTypes;
        const drivers = listed.map((driver) => driverView(driver, call, host, detail ?? false));
        return { status: 200, body: { drivers } };
      },
    },
    {
      method: 'GET',
      path: '/drivers/:driver',
      documentation: showDriverDocumentation,
      handle: (call) => ({ status: 200, body: driverView(addressedDriver(call), call, host, true) }),
    },
    {
      method: 'GET',
      path: '/drivers/:driver/properties',
      documentation: showDriverPropertiesDocumentation,
      handle: (call) => ({ status: 200, body: { ...addressedDriver(call).properties } }),
    },
  ];
}

function addressedDriver(call: Call): HardwareType {
  const name = paramOf(call, 'driver');
  const driver = hardwareTypes.find((each) => each.name === name);
  if (driver !== undefined) return driver;
  throw new InspectorError(
    'not-found',
    `Could not find the following driver(s) or hardware type(s): ${name.slice(0, 255)}.`,
  );
}

function driverView(
  { name, interfaces }: HardwareType,
  { base, minor }: Call,
  host: string,
  detail: boolean,
): JsonObject {
  const view: JsonObject = { name, hosts: [host], links: linksTo(base, `drivers/${name}`) };
  if (minor >= 14) view.properties = linksTo(base, `drivers/${name}/properties`);
  if (minor < 30) return view;
  view.type = 'dynamic';
  for (const type of detail ? interfaceTypes : []) {
    if (minor < (partVersions[type] ?? 30)) continue;
    view[`default_${type}_interface`] = interfaces[type];
    view[`enabled_${type}_interfaces`] = [interfaces[type]];
  }
  return view;
}
