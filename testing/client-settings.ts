import { defaultsOf, type OptionsOf } from '../src/config/option.ts';
import { swiftOptions } from '../src/swift/swift-options.ts';

/** The settings of `[swift]` for the user that the fake Keystone knows; no proxy, no retry unless asked for. */
export function clientSettingsWith(changes: Partial<OptionsOf<typeof swiftOptions.options>> = {}) {
  return {
    ...defaultsOf(swiftOptions),
    username: 'inspector',
    password: 'secret',
    user_domain_name: 'Default',
    project_name: 'service',
    project_domain_name: 'Default',
    connect_retries: 0,
    timeout: 60,
    ...changes,
  };
}
