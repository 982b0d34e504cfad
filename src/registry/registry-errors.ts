import { InspectorError } from '../errors/inspector-error.ts';

// Ironic's own sentences, which clients show and some parse.

/** For a UUID or name that no node has. */
export function nodeNotFound(ident: string): InspectorError {
  return new InspectorError('not-found', `Node ${ident} could not be found.`);
}

/** For a UUID that no port has. */
export function portNotFound(ident: string): InspectorError {
  return new InspectorError('not-found', `Port ${ident} could not be found.`);
}

/** The node is busy; clients retry after a while. */
export function nodeLocked(uuid: string, host: string): InspectorError {
  return new InspectorError(
    'conflict',
    `Node ${uuid} is locked by host ${host}, please retry after the current operation is completed.`,
  );
}

/** For a verb or power state that does not fit the state of the node. */
export function invalidStateRequested(action: string, node: string, state: string | null): InspectorError {
  return new InspectorError(
    'invalid',
    `The requested action "${action}" can not be performed on node "${node}" while it is in state "${state}".`,
  );
}

/** For what is refused while somebody works on the machine. */
export function nodeInMaintenance(operation: string, uuid: string): InspectorError {
  return new InspectorError(
    'invalid',
    `The ${operation} operation can't be performed on node ${uuid} because it's in maintenance mode.`,
  );
}

/**
 * A refusal that stands for as long as the node is in its state, or another node has the name: clients get 409, as from Ironic, and
 * introspection hears `invalid`, since trying again is in vain.
 */
export class WrongState extends InspectorError {
  constructor(message: string, options?: ErrorOptions) {
    super('conflict', message, options);
  }
}
