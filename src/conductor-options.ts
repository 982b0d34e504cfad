import { hostname } from 'node:os';
import { integer, optionGroup, text } from './config/option.ts';

/** `[DEFAULT]`, as far as it is about conductors in processes of their own. */
export const conductorOptions = optionGroup('DEFAULT', {
  host: text({
    default: hostname(),
    sampleDefault: 'localhost',
    help: 'What this conductor is called among the others, and by the API. Letters, digits and .-_: only.',
  }),
  leader_election_interval: integer({
    default: 10,
    min: 1,
    help: 'Seconds between two elections of the conductor that does what only one is to do.',
  }),
});
