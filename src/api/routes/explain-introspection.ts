import type { BareMetalService } from '../../bare-metal/bare-metal-service.ts';
import { InspectorError } from '../../errors/inspector-error.ts';
import { explanation } from '../../introspection/explanation.ts';
import type { AccountStore } from '../../nodes/account-store.ts';
import type { Change } from '../../nodes/plan.ts';
import { nodeUuid } from '../node-identifier.ts';
import { explainDocumentation } from '../openapi/operations/explanations.ts';
import type { Route } from '../route.ts';

/** Why the node's last run came out as it did; not in the original (docs/decisions/accounts.md). */
export const explainIntrospectionRoute = (
  accounts: Pick<AccountStore, 'find'>,
  changes: { get(uuid: string): Promise<readonly Change[]> },
  bareMetal: Pick<BareMetalService, 'getNode'>,
): Route => ({
  method: 'GET',
  path: '/v1/introspection/<node>/explain',
  policy: 'introspection:data',
  documentation: explainDocumentation,
  async handle(request) {
    const uuid = await nodeUuid(request.parameter('node'), bareMetal);
    const account = await accounts.find(uuid);
    const decided = await changesOf(uuid, changes);
    if (account === undefined && decided === undefined) {
      throw new InspectorError('not-found', `No account is recorded for node ${uuid}`);
    }
    return { status: 200, body: explanation(uuid, decided ?? [], account) };
  },
});

/** A run that failed before its hooks had a node has decided nothing. */
async function changesOf(
  uuid: string,
  changes: { get(uuid: string): Promise<readonly Change[]> },
): Promise<readonly Change[] | undefined> {
  try {
    return await changes.get(uuid);
  } catch (error) {
    if (error instanceof InspectorError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
