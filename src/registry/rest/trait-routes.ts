import { InspectorError } from '../../errors/inspector-error.ts';
import type { Registry } from '../registry.ts';
import { requireTrait } from '../trait.ts';
import { addressedNode } from './addressed-node.ts';
import {
  addTraitDocumentation,
  deleteTraitDocumentation,
  deleteTraitsDocumentation,
  listTraitsDocumentation,
  setTraitsDocumentation,
} from './documentation/traits.ts';
import { urlOf } from './links.ts';
import { objectOf, only, paramOf, type Route } from './route.ts';

/** Microversion of everything about traits. */
const since = 37;

/** What a machine can do, for schedulers. */
export function traitRoutes({ nodes }: Registry): Route[] {
  const path = '/nodes/:node/traits';
  return [
    {
      method: 'GET',
      path,
      since,
      documentation: listTraitsDocumentation,
      handle: async (call) => ({ status: 200, body: { traits: (await addressedNode(nodes, call)).traits } }),
    },
    {
      method: 'PUT',
      path,
      since,
      documentation: setTraitsDocumentation,
      async handle(call) {
        const { traits } = only(objectOf(call, 'traits'), 'traits');
        if (!Array.isArray(traits))
          throw new InspectorError('invalid', 'Schema error for body: expected {"traits": [...]}');
        const names = traits.map((trait) => {
          requireTrait(trait);
          return trait;
        });
        const { uuid } = await addressedNode(nodes, call);
        await nodes.changeTraits(uuid, () => names);
        return { status: 204 };
      },
    },
    {
      method: 'DELETE',
      path,
      since,
      documentation: deleteTraitsDocumentation,
      async handle(call) {
        await nodes.changeTraits((await addressedNode(nodes, call)).uuid, () => []);
        return { status: 204 };
      },
    },
    ...singleTraitRoutes(nodes, `${path}/:trait`),
  ];
}

function singleTraitRoutes(nodes: Registry['nodes'], path: string): Route[] {
  return [
    {
      method: 'PUT',
      path,
      since,
      documentation: addTraitDocumentation,
      async handle(call) {
        const trait = paramOf(call, 'trait');
        requireTrait(trait);
        if (Object.keys(objectOf(call, 'trait')).length > 0) {
          throw new InspectorError('invalid', 'No body should be provided when adding a trait');
        }
        const { uuid } = await addressedNode(nodes, call);
        await nodes.changeTraits(uuid, (traits) => [...traits, trait]);
        const node = encodeURIComponent(paramOf(call, 'node'));
        return { status: 204, location: urlOf(call.base, `nodes/${node}/traits/${trait}`) };
      },
    },
    {
      method: 'DELETE',
      path,
      since,
      documentation: deleteTraitDocumentation,
      async handle(call) {
        const trait = paramOf(call, 'trait');
        const { uuid } = await addressedNode(nodes, call);
        await nodes.changeTraits(uuid, (traits) => {
          if (traits.includes(trait)) return traits.filter((each) => each !== trait);
          throw new InspectorError('not-found', `Node ${uuid} doesn't have a trait '${trait.slice(0, 255)}'`);
        });
        return { status: 204 };
      },
    },
  ];
}
