import { cutText } from './cut-text.ts';
import { escapeControl } from './escape-control.ts';

/** What is known of the node that a message is about. MAC and BMC may come from a payload unchecked. */
export interface NodeParts {
  readonly uuid?: string | undefined;
  readonly state?: string | undefined;
  /** The MAC that the node booted from. */
  readonly mac?: string | undefined;
  /** The IPv4 address of its management controller. */
  readonly bmc?: string | undefined;
}

/**
 * `[node: <uuid> state <state> MAC <mac> BMC <ip>]` with the parts known, or `[unidentified node]`: what the
 * original puts in front of messages about a node. A state counts only beside its UUID.
 */
export function nodePrefix(parts: NodeParts): string {
  const known: string[] = [];
  if (parts.uuid) known.push(parts.uuid);
  if (parts.uuid && parts.state) known.push(`state ${parts.state}`);
  if (parts.mac) known.push(`MAC ${shortened(parts.mac)}`);
  if (parts.bmc) known.push(`BMC ${shortened(parts.bmc)}`);
  return known.length === 0 ? '[unidentified node]' : `[node: ${known.join(' ')}]`;
}

function shortened(value: string): string {
  return escapeControl(cutText(value, 64));
}
