/**
 * The configuration of a service for tests: alone, on a free loopback port, with its nodes in the registry
 * and all data kept.
 *
 * @param database Path of the SQLite file.
 */
export function serviceConfiguration(database: string): string {
  return `[DEFAULT]
listen_address = 127.0.0.1
listen_port = 0
auth_strategy = noauth
introspection_delay = 0

[bare_metal]
service = registry

[database]
connection = sqlite:///${database.replaceAll('$', '$$$$')}
sqlite_synchronous = false

[processing]
store_data = database

[pxe_filter]
driver = noop
`;
}
