import { bool, optionGroup } from './config/option.ts';

/** `[DEFAULT]standalone`: which of the commands this configuration is for. */
export const standaloneOptions = optionGroup('DEFAULT', {
  standalone: bool({
    default: true,
    help: 'Whether the API and the conductor run in one process.',
  }),
});
