import type { DataKind } from '../../introspection-data/data-store.ts';

/** One document of one node. */
export interface DataRecord {
  readonly uuid: string;
  readonly kind: DataKind;
}

/** As the original names a record in its summary: `<uuid>(processed=True)`. */
export function recordName({ uuid, kind }: DataRecord): string {
  return `${uuid}(processed=${kind === 'processed' ? 'True' : 'False'})`;
}
