import { InspectorError } from '../../errors/inspector-error.ts';
import { headOf, histories } from '../revisions.ts';
import type { Versions } from './versions.ts';

const command = 'ironic-inspector-dbsync';

/**
 * Refuses databases that nobody can bring further: tables without a version, and versions that this service does
 * not know.
 *
 * @throws InspectorError `invalid`, with what to do.
 */
export function requireKnownVersions({ hasNodes, reference, own, isBegun }: Versions): void {
  const known = histories.own.map(({ revision }) => revision);
  const newer = own.filter((revision) => !known.includes(revision)).sort();
  if (newer.length > 0) {
    throw refusal(
      `The database has been upgraded by a newer version: inspector_schema_history has ${newer.join(', ')}, and this version knows nothing after ${headOf('own')}. Install the newer version again`,
    );
  }
  if (reference === null) {
    if (hasNodes && !isBegun) throw refusal(unversioned);
  } else if (!histories.reference.some(({ revision }) => revision === reference)) {
    throw refusal(
      `The database is at revision ${reference}, which this version does not know; the newest is ${headOf('reference')}. Check that [database]connection names the database of ironic-inspector`,
    );
  }
}

/**
 * Refuses, at the start of a service on a database server, what an operator is to upgrade: several services may
 * use the database, and the original's tables are changed.
 *
 * @throws InspectorError `invalid`, with the command to run.
 */
export function requireUpgraded({ reference }: Versions): void {
  if (reference === headOf('reference')) return;
  const found = reference === null ? 'no revision' : `revision ${reference}`;
  throw refusal(
    `The database is at ${found}, expected ${headOf('reference')}. Stop the services that use it and run "${command} upgrade"`,
  );
}

/** How the original's documentation tells the two oldest states apart, and the newest. */
const unversioned = `The database has inspector tables but no version. Run "${command} stamp --revision 578f84f38d", or "${command} stamp --revision d588418040d" if it has a table "rules", then "${command} upgrade"`;

function refusal(message: string): InspectorError {
  return new InspectorError('invalid', message);
}
