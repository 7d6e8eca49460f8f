import { Int32 } from 'bson';
import { splitPipeline } from '../aggregate/pipeline.ts';
import { type Doc, doc, type Value } from '../bson/values.ts';
import { CommandError } from '../errors.ts';
import { accessAtOnce, planFor, type Wanted } from '../planner/access.ts';
import type { IndexPlan, Plan } from '../planner/plan.ts';
import { compileFilter } from '../query/matcher.ts';
import { readSort } from '../query/sort.ts';
import type { Collection } from '../store/collection.ts';
import { type Call, collectionName, decodedDocs } from './command.ts';
import { pipelineContext } from './pipeline-context.ts';
import { collationFor, filterContext, wantedByFind, wantedByQuery } from './read.ts';
import { ok } from './reply.ts';
import { version } from './server.ts';

function indexStage(plan: IndexPlan): Doc {
  const { index } = plan;
  return doc({
    stage: 'IXSCAN',
    keyPattern: index.spec.get('key'),
    indexName: index.name,
    isMultiKey: index.multikey !== 0,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    direction: plan.backwards ? 'backward' : 'forward',
    ranges: new Int32(plan.ranges.length),
  });
}

function stageOf(plan: Plan, wanted: Wanted): Doc {
  switch (plan.kind) {
    case 'nothing':
      return doc({ stage: 'EOF' });
    case 'scan':
      return doc({ stage: 'COLLSCAN', direction: plan.backwards ? 'backward' : 'forward' });
    case 'union':
      return doc({
        stage: 'FETCH',
        inputStage: doc({ stage: 'OR', inputStages: plan.plans.map(indexStage) }),
      });
    default: {
      const fetch = doc({ stage: 'FETCH', inputStage: indexStage(plan) });
      if (!plan.exact) fetch.set('filter', wanted.filter);
      return fetch;
    }
  }
}

function winning(plan: Plan, wanted: Wanted): Doc {
  let stage = stageOf(plan, wanted);
  const inOrder =
    wanted.sort.length === 0 || (plan.kind !== 'union' && plan.kind !== 'nothing' && plan.sorted);
  if (!inOrder)
    stage = doc({
      stage: 'SORT',
      sortPattern: new Map(
        wanted.sort.map(({ path, descending }): [string, Value] => [path, new Int32(descending ? -1 : 1)]),
      ),
      inputStage: stage,
    });
  if (wanted.skip > 0) stage = doc({ stage: 'SKIP', skipAmount: new Int32(wanted.skip), inputStage: stage });
  if (wanted.limit > 0)
    stage = doc({ stage: 'LIMIT', limitAmount: new Int32(wanted.limit), inputStage: stage });
  return stage;
}

/** What the explained command asks of its collection. */
function wantedBy(call: Call, name: string): Wanted {
  switch (call.name.toLowerCase()) {
    case 'find':
      return wantedByFind(call, name);
    case 'count':
    case 'distinct':
      return wantedByQuery(call, name);
    case 'aggregate':
      return splitPipeline(
        decodedDocs(call, 'pipeline'),
        pipelineContext(call, name, call.command.get('collation')),
      ).wanted;
    case 'update':
      return wantedByWrite(call, name, decodedDocs(call, 'updates')[0]?.get('q'));
    case 'delete':
      return wantedByWrite(call, name, decodedDocs(call, 'deletes')[0]?.get('q'));
    case 'findandmodify':
      return wantedByWrite(call, name, call.command.get('query'));
  }
  throw new CommandError('CommandNotFound', `Explain failed due to unknown command: ${call.name}`);
}

function wantedByWrite(call: Call, name: string, query: Value): Wanted {
  const filter: Doc = query instanceof Map ? query : new Map();
  const collation = collationFor(call, call.command.get('collation'), name);
  const sort = call.command.get('sort');
  return {
    filter,
    test: compileFilter(filter, filterContext(call, collation)),
    sort: readSort(sort instanceof Map ? sort : new Map()),
    collation,
    hint: call.command.get('hint'),
    skip: 0,
    limit: 0,
  };
}

function executed(collection: Collection | undefined, wanted: Wanted, plan: Plan): Doc {
  const start = performance.now();
  let examined = 0;
  const counting: Wanted = {
    ...wanted,
    test: (document) => {
      examined++;
      return wanted.test(document);
    },
  };
  let returned = 0;
  for (const _row of accessAtOnce(collection, counting)) returned++;
  const docs =
    plan.kind === 'index' && plan.exact
      ? returned
      : plan.kind === 'scan' && wanted.filter.size === 0
        ? (collection?.count ?? 0)
        : examined;
  return doc({
    executionSuccess: true,
    nReturned: new Int32(returned),
    executionTimeMillis: new Int32(Math.round(performance.now() - start)),
    totalKeysExamined: new Int32(plan.kind === 'index' || plan.kind === 'union' ? docs : 0),
    totalDocsExamined: new Int32(docs),
  });
}

/** How a command would be carried out: the index that serves it, or a scan of the collection. */
export function explain(call: Call): Doc {
  const inner = call.command.get('explain');
  if (!(inner instanceof Map))
    throw new CommandError(
      'TypeMismatch',
      "BSON field 'explain.explain' is the wrong type, expected type 'object'",
    );
  const [commandName = ''] = inner.keys();
  const explained: Call = { ...call, name: commandName, command: inner };
  return explanation(explained, call.command.get('verbosity') ?? 'allPlansExecution');
}

/** The explanation of a command at a verbosity. */
export function explanation(call: Call, verbosity: Value): Doc {
  const name = collectionName(call);
  const namespace = `${call.db}.${name}`;
  const collection = call.store.get(namespace);
  const wanted = wantedBy(call, name);
  const plan: Plan = collection ? planFor(collection, wanted) : { kind: 'nothing' };
  const reply = ok({
    explainVersion: '1',
    queryPlanner: doc({
      namespace,
      parsedQuery: wanted.filter,
      indexFilterSet: false,
      winningPlan: winning(plan, wanted),
      rejectedPlans: [],
    }),
  });
  if (verbosity !== 'queryPlanner') reply.set('executionStats', executed(collection, wanted, plan));
  reply.set('command', call.command);
  reply.set(
    'serverInfo',
    doc({ host: 'localhost', port: new Int32(0), version: version.join('.'), gitVersion: 'embedded' }),
  );
  return reply;
}
