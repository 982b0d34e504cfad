import type { OperationDocumentation } from '../../../json/documented-operation.ts';
import {
  anyObjectSchema,
  type JsonSchema,
  listSchema,
  objectSchema,
  orNull,
  schemaNamed,
  textSchema,
} from '../../../json/json-schema.ts';

const whole = (description: string): JsonSchema => ({ type: 'integer', description });
const time = (what: string) => textSchema(`${what}: UTC in ISO 8601, without a time zone.`);

/** What the health of PXE filters is made of, by name. */
export const pxeFilterSchemas: Readonly<Record<string, JsonSchema>> = {
  PxeFilter: objectSchema(
    {
      host: textSchema('The conductor, as `[DEFAULT]host` names it.'),
      driver: textSchema('The PXE filter driver.'),
      state: textSchema(
        'How it does: `degraded` while something fails, and what was in force before stays in force.',
        { enum: ['starting', 'ok', 'degraded', 'stopped'] },
      ),
      since: time('Since when it has been in that state'),
      error: orNull(textSchema('Why it is degraded.')),
      mode: orNull(
        textSchema(
          'What is in force: nobody is answered, everybody but those that are denied, or those alone that are allowed. Null before anything is, and with a driver that lets everybody be.',
          { enum: ['closed', 'deny-list', 'allow-list', null] },
        ),
      ),
      allowed: whole('MAC addresses of machines under introspection.'),
      denied: whole('MAC addresses of all other ports.'),
      last_success: orNull(time('When the driver has last succeeded')),
      last_duration: orNull({ type: 'number', description: 'Seconds that it took then.' }),
      applies: whole('How often the driver has succeeded since the start of the service.'),
      failures: whole('How often access could not be brought in line since then.'),
      verdicts: orNull(
        anyObjectSchema('DHCP requests by what became of them, with drivers that count them.'),
      ),
      updated_at: orNull(time('When the conductor has said so')),
    },
    { description: 'The PXE filter of a conductor.' },
  ),
};

/** `GET /v1/pxe-filter` */
export const pxeFilterDocumentation: OperationDocumentation = {
  id: 'showPxeFilter',
  tag: 'Introspection',
  summary: 'Show how PXE filters do',
  description:
    "Whether only machines under introspection are answered by DHCP, on the machine of each conductor. A conductor that was ended by force is there for a day. Not in ironic-inspector's own API.",
  answers: {
    200: {
      description: 'The filters.',
      schema: objectSchema({
        pxe_filters: listSchema(schemaNamed('PxeFilter'), 'One for each conductor, by host.'),
      }),
    },
  },
  examples: [{ name: 'all', summary: 'All of them', status: 200 }],
};
