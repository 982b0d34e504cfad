import { optionGroup, text } from '../../config/option.ts';

/** `[oslo_policy]`, as far as the upgrade check reads it. */
export const policyFileOptions = optionGroup('oslo_policy', {
  policy_file: text({
    default: 'policy.yaml',
    help: 'File with changed policies, looked for beside the configuration files and where those are looked for.',
  }),
});
