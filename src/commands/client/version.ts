import { packageVersion } from '../package-version.ts';
import type { CommandDefinition } from './command-definition.ts';

const header = (end: string) => `x-openstack-ironic-inspector-api-${end}-version`;

/** Shows the versions of client and service. */
export const versionCommand: CommandDefinition = {
  words: ['version'],
  help: 'show the version of this client, and which versions of the API the service has',
  output: 'show',
  async run(_given, on) {
    const { url, headers } = await on.api().root();
    return {
      kind: 'show',
      fields: [
        ['api_maximum_version', headers[header('maximum')] ?? null],
        ['api_minimum_version', headers[header('minimum')] ?? null],
        ['client_version', packageVersion()],
        ['url', url],
      ],
    };
  },
};
