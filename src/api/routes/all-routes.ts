import { randomUUID } from 'node:crypto';
import type { ApiDependencies } from '../api-dependencies.ts';
import type { DocumentedApi } from '../openapi/documented-api.ts';
import { inspectorApi } from '../openapi/inspector-api.ts';
import { openapiDocument } from '../openapi/openapi-document.ts';
import type { Route } from '../route.ts';
import { abortIntrospectionRoute } from './abort-introspection.ts';
import { apiPageRoute } from './api-page.ts';
import { bulkRoutes } from './bulk-routes.ts';
import { continueRoute } from './continue.ts';
import { createRuleRoute } from './create-rule.ts';
import { deleteAllRulesRoute } from './delete-all-rules.ts';
import { deleteRuleRoute } from './delete-rule.ts';
import { dryRunRulesRoute } from './dry-run-rules.ts';
import { explainIntrospectionRoute } from './explain-introspection.ts';
import { historyDataRoute } from './history-data.ts';
import { historyDifferenceRoute } from './history-difference.ts';
import { historyRunRoute } from './history-run.ts';
import { introspectionDataRoute } from './introspection-data.ts';
import { introspectionStatusRoute } from './introspection-status.ts';
import { introspectionTimelineRoute } from './introspection-timeline.ts';
import { listHistoryRoute } from './list-history.ts';
import { listIntrospectionsRoute } from './list-introspections.ts';
import { listLookupFailuresRoute } from './list-lookup-failures.ts';
import { listRulesRoute } from './list-rules.ts';
import { openapiRoute } from './openapi.ts';
import { pxeFilterRoute } from './pxe-filter.ts';
import { reapplyIntrospectionRoute } from './reapply-introspection.ts';
import { recordedChangesRoute } from './recorded-changes.ts';
import { rootRoute } from './root.ts';
import { rulePrioritiesRoute } from './rule-priorities.ts';
import { showRuleRoute } from './show-rule.ts';
import { startIntrospectionRoute } from './start-introspection.ts';
import { updateRuleRoute } from './update-rule.ts';
import { versionRoute } from './version.ts';

/**
 * Every route of the API.
 *
 * @param others What else is served on the port, for the documentation.
 */
export function allRoutes(on: ApiDependencies, others: readonly DocumentedApi[] = []): readonly Route[] {
  const documented = (): readonly DocumentedApi[] => [inspectorApi(routes), ...others];
  const routes: readonly Route[] = [
    rootRoute(),
    versionRoute(() => routes),
    openapiRoute(() => openapiDocument(documented())),
    apiPageRoute(documented),
    continueRoute(on.conductor),
    listIntrospectionsRoute(on.nodes, on.options.api_max_limit),
    introspectionStatusRoute(on.nodes, on.bareMetal),
    startIntrospectionRoute(on.conductor, on.bareMetal, on.options.can_manage_boot),
    abortIntrospectionRoute(on.conductor, on.bareMetal),
    introspectionDataRoute('processed', on.data, on.bareMetal),
    introspectionDataRoute('unprocessed', on.data, on.bareMetal),
    reapplyIntrospectionRoute(on.conductor, on.bareMetal),
    recordedChangesRoute(on.changes, on.bareMetal),
    listHistoryRoute(on.history, on.bareMetal, on.options.api_max_limit),
    // Before the runs, as it is none.
    historyDifferenceRoute(on.history, on.bareMetal),
    historyRunRoute(on.history, on.bareMetal),
    historyDataRoute('processed', on.history, on.bareMetal),
    historyDataRoute('unprocessed', on.history, on.bareMetal),
    explainIntrospectionRoute(on, on.changes, on.bareMetal),
    introspectionTimelineRoute(on, on.bareMetal),
    listLookupFailuresRoute(on.lookupFailures),
    pxeFilterRoute(on.pxeFilters),
    ...bulkRoutes(on.bulk, on.options),
    listRulesRoute(on.rules),
    createRuleRoute(on.rules, randomUUID, on.rulePlugins),
    deleteAllRulesRoute(on.rules),
    // Before the rules by UUID, which no rule can have.
    rulePrioritiesRoute(on.rules),
    dryRunRulesRoute(on, randomUUID),
    showRuleRoute(on.rules),
    updateRuleRoute(on.rules, on.rulePlugins),
    deleteRuleRoute(on.rules),
  ];
  return routes;
}
