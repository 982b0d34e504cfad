import { InspectorError } from '../../../errors/inspector-error.ts';
import type { JsonObject, JsonValue } from '../../../json/json-value.ts';

/** The `redfish_*` members of `driver_info`. */
export interface RedfishSettings {
  /** Scheme, host and port: `https://192.0.2.7`. */
  readonly origin: string;
  /** The path of the ComputerSystem; `null` where the BMC has just one. */
  readonly systemPath: string | null;
  /** `null` when the BMC asks for none. */
  readonly login: { readonly username: string; readonly password: string } | null;
  readonly authType: 'auto' | 'session' | 'basic';
  /** Whether the certificate is checked, or the file with the authorities that it is checked against. */
  readonly verify: boolean | { readonly caFile: string };
}

/** @throws InspectorError `invalid` naming the member that is missing or wrong, never its value when it is secret. */
export function redfishSettings(info: JsonObject): RedfishSettings {
  const origin = originOf(text(info, 'redfish_address'));
  const login = loginOf(info);
  refuseLoginInClear(origin, login);
  return {
    origin,
    systemPath: systemPathOf(text(info, 'redfish_system_id')),
    login,
    authType: authTypeOf(text(info, 'redfish_auth_type')),
    verify: verifyOf(info.redfish_verify_ca ?? true),
  };
}

function text(info: JsonObject, name: string): string | null {
  const value = info[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string') return value;
  throw wrong(name, 'a text');
}

function originOf(address: string | null): string {
  const expected = 'the URL of the BMC, such as https://192.0.2.7';
  if (address === null) {
    throw new InspectorError('invalid', `driver_info has no redfish_address: expected ${expected}`);
  }
  const url = URL.parse(address.includes('://') ? address : `https://${address}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw wrong('redfish_address', expected);
  if (url.username !== '' || url.password !== '') {
    throw wrong('redfish_address', `${expected}, with the login in redfish_username and redfish_password`);
  }
  if (
    !['/', '/redfish', '/redfish/', '/redfish/v1', '/redfish/v1/'].includes(url.pathname) ||
    url.search !== ''
  ) {
    throw wrong('redfish_address', `${expected}, without a path`);
  }
  return url.origin;
}

/** Whoever listens on the way could switch the machine from then on. */
function refuseLoginInClear(origin: string, login: RedfishSettings['login']): void {
  if (login === null || !origin.startsWith('http:')) return;
  throw wrong(
    'redfish_address',
    'https, since http would send the login in clear text: use https, or leave out redfish_username and redfish_password',
  );
}

function systemPathOf(id: string | null): string | null {
  if (id === null) return null;
  if (!/^\/?redfish\/v1\/[\w./~@:+-]+$/.test(id) || id.includes('..')) {
    throw wrong('redfish_system_id', 'the path of the system, such as /redfish/v1/Systems/1');
  }
  return id.startsWith('/') ? id : `/${id}`;
}

function loginOf(info: JsonObject): RedfishSettings['login'] {
  const username = text(info, 'redfish_username');
  const password = text(info, 'redfish_password');
  if (username !== null) return { username, password: password ?? '' };
  if (password === null) return null;
  throw new InspectorError(
    'invalid',
    'driver_info has redfish_password but no redfish_username: expected both or none',
  );
}

function authTypeOf(type: string | null): RedfishSettings['authType'] {
  if (type === null) return 'auto';
  if (type === 'auto' || type === 'session' || type === 'basic') return type;
  throw wrong('redfish_auth_type', 'auto, session or basic');
}

function verifyOf(value: JsonValue): RedfishSettings['verify'] {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (['true', 'yes', 'on', '1', 't', 'y'].includes(word)) return true;
  if (['false', 'no', 'off', '0', 'f', 'n'].includes(word)) return false;
  if (typeof value === 'string' && value.startsWith('/')) return { caFile: value };
  throw wrong('redfish_verify_ca', 'true, false or the absolute path of a PEM file');
}

function wrong(name: string, expected: string): InspectorError {
  return new InspectorError('invalid', `driver_info/${name}: expected ${expected}`);
}
