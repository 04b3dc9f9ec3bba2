import { changesBetween } from './api-changes.ts';
import { compose } from './composition.ts';
import { type DeploymentOrder, deploymentOrder } from './deployment-order.ts';
import type { Finding } from './finding.ts';
import { lint } from './lint.ts';
import { outputFields } from './lints/api-elements.ts';
import { undescribedFields } from './lints/description.ts';
import { type BrokenOperation, type ChangeWithUse, checkOperations } from './operations-check.ts';
import type { RegisteredOperation } from './registered-operations.ts';
import type { SubgraphSdl } from './subgraph-source.ts';
import { readSupergraph } from './supergraph.ts';

/** Input of the check: schemas as text, independent of their origin. */
export interface SchemaCheck {
  subgraphs: SubgraphSdl[];
  operations: RegisteredOperation[];
  /** Problems of the fields of `Subscription`, which are not in the schemas alone. */
  subscriptions?: Finding[];
  /** Earlier supergraph to compare with. */
  base?: { supergraphSdl: string; origin: string };
}

/** Result of the check. */
export interface Report {
  /** Whether the schemas may be deployed. */
  ok: boolean;
  errors: number;
  warnings: number;
  subgraphs: string[];
  composition: Finding[];
  /** Origin of the compared supergraph; undefined without one. */
  base?: string;
  changes: ChangeWithUse[];
  operations: { checked: number; broken: BrokenOperation[] };
  lints: Finding[];
  descriptions: { fields: number; without: string[] };
  order: DeploymentOrder;
}

/** Composes the schemas, compares them with the base, validates registered operations and runs the lint rules. */
export async function checkSchema({ subgraphs, operations, subscriptions = [], base }: SchemaCheck): Promise<Report> {
  const names = subgraphs.map(({ name }) => name);
  const composition = compose(subgraphs);
  if (!composition.ok) return counted({ ...EMPTY, subgraphs: names, composition: composition.errors });
  const after = readSupergraph(composition.supergraphSdl, 'The composed schema');
  const before = base ? readSupergraph(base.supergraphSdl, base.origin) : after;
  const changes = await changesBetween(before.api, after.api);
  const used = checkOperations(operations, changes, { before: before.api, after: after.api });
  const linted = { api: after.api, subgraphs: composition.subgraphs };
  return counted({
    subgraphs: names,
    composition: [],
    ...(base && { base: base.origin }),
    changes: used.changes,
    operations: { checked: operations.length, broken: used.broken },
    lints: [...lint(linted), ...subscriptions],
    descriptions: { fields: outputFields(after.api).length, without: undescribedFields(linted) },
    order: await deploymentOrder(before.subgraphs, after.subgraphs),
  });
}

type Uncounted = Omit<Report, 'ok' | 'errors' | 'warnings'>;

const EMPTY: Uncounted = {
  subgraphs: [],
  composition: [],
  changes: [],
  operations: { checked: 0, broken: [] },
  lints: [],
  descriptions: { fields: 0, without: [] },
  order: { steps: [], hazards: [] },
};

/** Counts errors and warnings. Breaking changes without affected operations, and deployment hazards, are warnings. */
function counted(report: Uncounted): Report {
  const { composition, lints, operations, changes, order } = report;
  const at = (level: Finding['level']) =>
    [...composition, ...lints].filter((finding) => finding.level === level).length;
  const unused = changes.filter(({ risk, usedBy }) => risk === 'breaking' && usedBy.length === 0).length;
  const errors = at('error') + operations.broken.length;
  return {
    ok: errors === 0,
    errors,
    warnings: at('warning') + unused + order.hazards.length,
    ...report,
  };
}
