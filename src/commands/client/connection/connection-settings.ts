import { defaultsOf, optionGroup } from '../../../config/option.ts';
import { isObject, type JsonObject, type JsonValue } from '../../../json/json-value.ts';
import { type ClientSettings, clientOptions } from '../../../keystone/client-options.ts';
import type { Given } from '../given.ts';
import { credentialSettings, optionOf, variableOf } from '../global-options.ts';
import { UsageError } from '../usage-error.ts';
import { type CloudFiles, cloudNamed } from './clouds-file.ts';

/** Where the service is and who asks it. */
export interface ConnectionSettings {
  readonly settings: ClientSettings;
  /** Sent as the microversion; without it the service takes its newest. */
  readonly apiVersion: string | undefined;
}

/** Where a service without credentials is looked for. */
const localService = 'http://127.0.0.1:5050';

/** Answers that pass; the SDK tries these again, too. */
const retries = 3;

/**
 * Options, cloud and environment as one. As with OpenStack's tools a cloud's credentials win over the
 * environment's, which a cloud has been named in spite of; options win over both.
 *
 * @throws InspectorError `invalid` for a cloud that is not there.
 * @throws UsageError for a version that is none.
 */
export async function connectionSettings(given: Given, on: CloudFiles): Promise<ConnectionSettings> {
  const cloud = (await chosenCloud(given, on)) ?? {};
  const auth = isObject(cloud['auth']) ? cloud['auth'] : {};
  const ofOption = (setting: string) => given.text(optionOf(setting));
  const ofEnvironment = (setting: string) => on.environment[variableOf(setting)] || undefined;
  const credentials = Object.fromEntries(
    credentialSettings.map((setting) => [
      setting,
      ofOption(setting) ?? ofCloud(auth, setting) ?? ofEnvironment(setting) ?? null,
    ]),
  );
  const other = (setting: string, ...names: readonly string[]) =>
    ofOption(setting) ??
    ofEnvironment(setting) ??
    names.map((name) => scalar(cloud[name])).find((value) => value !== undefined) ??
    null;
  const url =
    given.text('--inspector-url') ??
    (on.environment['INSPECTOR_URL'] ||
      scalar(cloud['baremetal_introspection_endpoint_override']) ||
      scalar(cloud['baremetal_introspection_endpoint']) ||
      null);
  const named = ofOption('auth_type') ?? scalar(cloud['auth_type']) ?? ofEnvironment('auth_type');
  const authType = named ?? authTypeOf(credentials);
  const base = defaultsOf(optionGroup('openstack', clientOptions('baremetal-introspection')));
  const region = Array.isArray(cloud['regions']) ? cloud['regions'][0] : undefined;
  const settings = {
    ...base,
    ...credentials,
    auth_type: authType === 'token_endpoint' ? 'admin_token' : authType,
    default_domain_id: credentials['default_domain_name']
      ? null
      : (credentials['default_domain_id'] ?? 'default'),
    endpoint_override: url ?? (authType === 'none' && !credentials['endpoint'] ? localService : null),
    region_name: other('region_name', 'region_name') ?? scalar(region) ?? null,
    valid_interfaces: [
      (
        other('interface', 'baremetal_introspection_interface', 'interface', 'endpoint_type') ?? 'public'
      ).replace(/URL$/, ''),
    ],
    cafile: given.text('--cacert') ?? other('cacert', 'cacert'),
    certfile: other('cert', 'cert'),
    keyfile: other('key', 'key'),
    insecure: isInsecure(given, cloud, on),
    service_type: scalar(cloud['baremetal_introspection_service_type']) ?? base.service_type,
    status_code_retries: retries,
  };
  return { settings, apiVersion: apiVersionOf(given, cloud, on) };
}

/** A cloud that is named, or the only one where nothing else says who asks. */
async function chosenCloud(given: Given, on: CloudFiles): Promise<JsonObject | undefined> {
  const name = given.text('--os-cloud') ?? (on.environment['OS_CLOUD'] || undefined);
  const own = ['auth_type', ...credentialSettings];
  const isTold = own.some((setting) => given.text(optionOf(setting)) ?? on.environment[variableOf(setting)]);
  return name === undefined && isTold ? undefined : cloudNamed(name, on);
}

function ofCloud(auth: JsonObject, setting: string): string | undefined {
  const older: Readonly<Record<string, string>> = { project_id: 'tenant_id', project_name: 'tenant_name' };
  return scalar(auth[setting]) ?? scalar(auth[older[setting] ?? setting]);
}

/** What YAML reads as a number is meant as text. */
function scalar(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** OpenStack's tools want the type told wherever it is not `password`. */
function authTypeOf(credentials: Readonly<Record<string, string | null>>): string {
  if (credentials['application_credential_secret']) return 'v3applicationcredential';
  if (credentials['token']) return credentials['auth_url'] ? 'token' : 'admin_token';
  if (credentials['username'] || credentials['user_id'] || credentials['auth_url']) return 'password';
  return 'none';
}

function isInsecure(given: Given, cloud: JsonObject, { environment }: CloudFiles): boolean {
  if (given.has('--insecure') || /^(?:1|true|yes|on)$/i.test(environment['OS_INSECURE'] ?? '')) return true;
  return cloud['verify'] === false || cloud['insecure'] === true;
}

function apiVersionOf(given: Given, cloud: JsonObject, { environment }: CloudFiles): string | undefined {
  const version =
    given.text('--inspector-api-version') ??
    (environment['INSPECTOR_VERSION'] || scalar(cloud['baremetal_introspection_api_version']));
  if (version === undefined || version === 'latest') return undefined;
  // A bare 1 is any version of the first API, which there is no other of.
  if (version === '1') return undefined;
  if (/^\d+\.\d+$/.test(version)) return version;
  throw new UsageError(`--inspector-api-version: expected a version such as 1.18, got ${version}`);
}
