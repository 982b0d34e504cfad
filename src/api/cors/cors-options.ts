import { bool, integer, list, type OptionsOf, optionGroup } from '../../config/option.ts';

/** Which web pages of other sites may use the API from within a browser. */
export const corsOptions = optionGroup('cors', {
  allowed_origin: list({
    default: null,
    help: 'Sites whose pages may use the API, such as https://dashboard.example:8443; "*" for all. Without it browsers let no other site in.',
  }),
  allow_credentials: bool({
    default: true,
    help: 'Whether browsers may send cookies and credentials along.',
  }),
  expose_headers: list({
    default: [],
    help: 'Headers of answers that a page may read, beyond those that every page may.',
  }),
  max_age: integer({
    default: 3600,
    help: 'Seconds for which browsers may remember what they were allowed; 0 leaves that to them.',
  }),
  allow_methods: list({
    default: ['GET', 'POST', 'PUT', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
    help: 'Methods that a page may use.',
  }),
  allow_headers: list({
    default: [
      'X-Auth-Token',
      'X-OpenStack-Ironic-Inspector-API-Minimum-Version',
      'X-OpenStack-Ironic-Inspector-API-Maximum-Version',
      'X-OpenStack-Ironic-Inspector-API-Version',
    ],
    help: 'Headers of requests that a page may set, beyond those that every page may.',
  }),
});

export type CorsOptions = OptionsOf<typeof corsOptions.options>;
