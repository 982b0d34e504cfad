import { bool, text } from '../option.ts';
import { acceptedGroup } from './accepted-group.ts';

const options = {
  collect_timing: bool({
    default: false,
    help: 'Whether the time of each request is kept, for Python only.',
  }),
  split_loggers: bool({
    default: false,
    help: 'Whether parts of a request are logged under different names.',
  }),
  version: text({ default: null, help: 'Major version of the API to use. Excludes the two others.' }),
  min_version: text({ default: null, help: 'Lowest major version of the API to use.' }),
  max_version: text({ default: null, help: 'Highest major version of the API to use.' }),
};

/** Options of the sections about clients that the clients here do not have (keystoneauth). */
export const clientSectionGroups = ['ironic', 'service_catalog', 'swift'].map((section) =>
  acceptedGroup(section, options),
);
