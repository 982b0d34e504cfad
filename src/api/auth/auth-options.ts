import { optionGroup, text } from '../../config/option.ts';

/** What `[DEFAULT]auth_strategy` = `http_basic` goes by. */
export const basicAuthOptions = optionGroup('DEFAULT', {
  http_basic_auth_user_file: text({
    default: '/etc/ironic-inspector/htpasswd',
    help: 'File with a line "user:digest" for each user who may do everything, where auth_strategy is http_basic. Digests are bcrypt ("htpasswd -B"). It is read again when it has changed.',
  }),
});
