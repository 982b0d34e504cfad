import type { OptionDefinition } from './command-definition.ts';

/** What an `--os-` option is called in `auth` of clouds.yaml and in the settings of a Keystone session. */
const credentials: readonly (readonly [setting: string, value: string, help: string])[] = [
  ['auth_url', 'URL', 'URL of Keystone, such as http://keystone:5000/v3'],
  ['username', 'NAME', 'name of the user'],
  ['user_id', 'ID', 'ID of the user, in place of the name'],
  ['password', 'PASSWORD', 'password of the user; the variable shows it to fewer eyes'],
  ['user_domain_name', 'NAME', 'name of the domain of the user'],
  ['user_domain_id', 'ID', 'ID of the domain of the user'],
  ['project_name', 'NAME', 'name of the project to work in'],
  ['project_id', 'ID', 'ID of the project to work in'],
  ['project_domain_name', 'NAME', 'name of the domain of the project'],
  ['project_domain_id', 'ID', 'ID of the domain of the project'],
  ['domain_name', 'NAME', 'name of the domain to work in, in place of a project'],
  ['domain_id', 'ID', 'ID of the domain to work in, in place of a project'],
  ['default_domain_name', 'NAME', 'name of the domain of user and project, where they have none'],
  ['default_domain_id', 'ID', 'ID of the domain of user and project, where they have none'],
  ['system_scope', 'SCOPE', 'all: work on the whole system, in place of a project'],
  ['trust_id', 'ID', 'ID of the trust to work under'],
  ['application_credential_id', 'ID', 'ID of the application credential'],
  ['application_credential_name', 'NAME', 'name of the application credential; needs the user, too'],
  ['application_credential_secret', 'SECRET', 'secret of the application credential'],
  ['token', 'TOKEN', 'a token, for the types token and admin_token'],
  ['endpoint', 'URL', 'URL of the service, for the types none, http_basic and admin_token'],
];

/** The names of the credentials' settings: `auth_url`, `username`. */
export const credentialSettings: readonly string[] = credentials.map(([setting]) => setting);

/** `--os-auth-url` for `auth_url`. */
export function optionOf(setting: string): string {
  return `--os-${setting.replaceAll('_', '-')}`;
}

/** `OS_AUTH_URL` for `auth_url`. */
export function variableOf(setting: string): string {
  return `OS_${setting.toUpperCase()}`;
}

const ofSession = (setting: string, value: string, help: string, more: Partial<OptionDefinition> = {}) => ({
  name: optionOf(setting),
  value,
  help,
  variable: variableOf(setting),
  ...more,
});

/** The options of every command; they may stand before it and behind it. */
export const globalOptions: readonly OptionDefinition[] = [
  {
    name: '--inspector-url',
    value: 'URL',
    help: 'URL of the service, in place of the one in the catalogue; http://127.0.0.1:5050 without any credentials',
    variable: 'INSPECTOR_URL',
  },
  {
    name: '--inspector-api-version',
    value: 'VERSION',
    help: 'version of the API to ask for, such as 1.18; the newest of the service unless given',
    variable: 'INSPECTOR_VERSION',
  },
  ofSession('cloud', 'NAME', 'which cloud of clouds.yaml to work with'),
  ofSession('auth_type', 'TYPE', 'none, http_basic, password, v3applicationcredential, token or admin_token'),
  ...credentials.map(([setting, value, help]) => ofSession(setting, value, help)),
  ofSession('region_name', 'NAME', 'region of the service in the catalogue'),
  ofSession('interface', 'NAME', 'interface of the service in the catalogue: public, internal or admin', {
    choices: ['public', 'internal', 'admin'],
  }),
  ofSession('cacert', 'FILE', 'PEM file of the authorities to trust', { completes: 'file' }),
  ofSession('cert', 'FILE', 'PEM file of the client certificate', { completes: 'file' }),
  ofSession('key', 'FILE', 'PEM file of its key', { completes: 'file' }),
  { name: '--cacert', value: 'FILE', help: 'the same as --os-cacert', completes: 'file' },
  { name: '--insecure', help: 'take any certificate', variable: 'OS_INSECURE' },
  { name: '--debug', help: 'tell on standard error what is asked and answered' },
];
