import { type Fields, field } from './field.ts';

/** Every field of a port up to API version 1.75, with the version that brought it. */
export const portFields = {
  address: { type: 'address', since: 1, default: undefined, set: 'create' },
  created_at: field.time(1),
  extra: field.object(1, 'create'),
  internal_info: field.object(18, 'never'),
  is_smartnic: field.flag(53, 'create'),
  local_link_connection: field.object(19, 'create'),
  node_uuid: { ...field.uuid(1, 'create'), default: undefined },
  physical_network: field.text(34, 'create', 64),
  portgroup_uuid: field.uuid(24, 'create'),
  pxe_enabled: field.flag(19, 'create', true),
  updated_at: field.time(1),
  uuid: field.uuid(1, 'create-only'),
} as const satisfies Fields;
