import type { ServiceClient } from './service-client.ts';

/** What a service tells about its introspections, without what holds its own address. */
export interface Answers {
  readonly list: readonly any[];
  /** By node, as text: every byte counts. `undefined` where there is none. */
  readonly data: Readonly<Record<string, Readonly<Record<'processed' | 'unprocessed', string | undefined>>>>;
}

/** Asks for the list, the status of every node in it, and what is stored of it. */
export async function answersOf(client: ServiceClient): Promise<Answers> {
  const { introspection } = await client.do('GET /v1/introspection');
  const list: any[] = [];
  const data: Record<string, Record<'processed' | 'unprocessed', string | undefined>> = {};
  for (const listed of introspection) {
    const status = await client.introspection(listed.uuid);
    list.push({ listed: withoutAddress(listed), status: withoutAddress(status) });
    data[listed.uuid] = {
      processed: await textOf(client, `/v1/introspection/${listed.uuid}/data`),
      unprocessed: await textOf(client, `/v1/introspection/${listed.uuid}/data/unprocessed`),
    };
  }
  return { list, data };
}

/** The rules, each as its own address shows it. */
export async function rulesOf(client: ServiceClient): Promise<any[]> {
  const { rules } = await client.do('GET /v1/rules');
  return Promise.all(rules.map(({ uuid }: { uuid: string }) => client.do(`GET /v1/rules/${uuid}`)));
}

async function textOf(client: ServiceClient, path: string): Promise<string | undefined> {
  const { status, text } = await client.ask(`GET ${path}`);
  if (status !== 200 && status !== 404) throw new Error(`GET ${path}: expected 200 or 404, got ${status}`);
  return status === 200 ? text : undefined;
}

function withoutAddress(document: any): any {
  const links = document.links.map(({ href, rel }: any) => ({ href: new URL(href).pathname, rel }));
  return { ...document, links };
}
