import { bool, choice, float, multi, type OptionsOf, optionGroup, text } from '../../config/option.ts';

/** `[oslo_policy]`: who may do what. */
export const policyFileOptions = optionGroup('oslo_policy', {
  enforce_scope: bool({
    default: true,
    help: 'Without effect: no rule of this service is for one scope only. Accepted, as existing files have it.',
  }),
  enforce_new_defaults: bool({
    default: true,
    help: 'Whether rules that no file changes allow only what they do since the Wallaby release. When false, they allow what they did before as well.',
  }),
  policy_file: text({
    default: 'policy.yaml',
    deprecatedNames: [{ group: 'DEFAULT', name: 'policy_file' }],
    help: 'File with changed policies, looked for beside the configuration files and where those are looked for.',
  }),
  policy_default_rule: text({
    default: 'default',
    deprecatedNames: [{ group: 'DEFAULT', name: 'policy_default_rule' }],
    help: 'The rule that stands in for rules that are referred to and do not exist.',
  }),
  policy_dirs: multi({
    default: ['policy.d'],
    deprecatedNames: [{ group: 'DEFAULT', name: 'policy_dirs' }],
    help: 'Directories with further policy files, looked for like policy_file and read in the order of their names. What comes later wins.',
  }),
  remote_content_type: choice(['application/x-www-form-urlencoded', 'application/json'], {
    default: 'application/x-www-form-urlencoded',
    help: 'In which form an http or https check sends what it is about.',
  }),
  remote_ssl_verify_server_crt: bool({
    default: false,
    help: 'Whether an https check verifies the certificate of the server.',
  }),
  remote_ssl_ca_crt_file: text({
    default: null,
    help: 'PEM file of the authorities that https checks trust.',
  }),
  remote_ssl_client_crt_file: text({
    default: null,
    help: 'PEM file of the client certificate for https checks.',
  }),
  remote_ssl_client_key_file: text({ default: null, help: 'PEM file of its key.' }),
  remote_timeout: float({
    default: 60,
    min: 0,
    help: 'Seconds to wait for the answer to an http or https check.',
  }),
});

export type PolicyOptions = OptionsOf<typeof policyFileOptions.options>;
