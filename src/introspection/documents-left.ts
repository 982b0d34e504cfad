import { RunDocuments } from '../history/run-documents.ts';
import type { WorkInFlight } from '../nodes/work-in-flight.ts';
import type { Introspection } from './introspection.ts';

/** The documents that a piece of work knows of, which a crash may have interrupted. */
export function documentsOf({ kind, data, arguments: given }: WorkInFlight): RunDocuments {
  if (kind === 'finish') return RunDocuments.written(given.documents);
  const documents = new RunDocuments();
  if (data !== null) documents.add('unprocessed', data);
  return documents;
}

/** The same of a node whose introspection is ended by somebody else than who processes its data. */
export async function documentsLeft(
  { nodes }: Pick<Introspection, 'nodes'>,
  nodeUuid: string,
): Promise<RunDocuments> {
  const recorded = await nodes.workOf(nodeUuid);
  const left = recorded === undefined ? new RunDocuments() : documentsOf(recorded.work);
  if (left.get('unprocessed') !== undefined) return left;
  const data = await nodes.unprocessedOf(nodeUuid);
  if (data !== null) left.add('unprocessed', data);
  return left;
}
