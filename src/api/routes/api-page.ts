import type { DocumentedApi } from '../openapi/documented-api.ts';
import { readerDocumentation } from '../openapi/operations/discovery.ts';
import { type ApiPage, apiPage } from '../openapi/page/api-page.ts';
import type { Route } from '../route.ts';

/** What is in the OpenAPI document, as a page for people. */
export const apiPageRoute = (apis: () => readonly DocumentedApi[]): Route => {
  let page: ApiPage | undefined;
  return {
    method: 'GET',
    path: '/v1/docs',
    policy: 'introspection:version',
    public: true,
    unlisted: true,
    documentation: readerDocumentation,
    async handle(request) {
      page ??= apiPage(apis());
      return { status: 200, html: page.html(request.link('')), headers: page.headers };
    },
  };
};
