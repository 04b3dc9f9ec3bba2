import type { SystemModel } from './model.ts';

/** The part of a system that only some of its functions make: their tables, streams and rules, and every route. */
export function selectFunctions(model: SystemModel, runs: (functionName: string) => boolean): SystemModel {
  const functions = model.functions.filter(({ name }) => runs(name));
  const mentioned = new Set(functions.flatMap(({ environment }) => Object.values(environment)));
  const ofThese = <Part extends { functionName: string }>(parts: Part[]) =>
    parts.filter(({ functionName }) => runs(functionName));
  const rules = model.rules.map((rule) => ({ ...rule, targets: ofThese(rule.targets) }));
  return {
    ...model,
    functions,
    tables: model.tables.filter(({ name }) => mentioned.has(name)),
    mappings: ofThese(model.mappings),
    asyncConfigs: ofThese(model.asyncConfigs),
    rules: rules.filter(({ targets }) => targets.length > 0),
    logSubscriptions: model.logSubscriptions.filter(({ of }) => runs(of)),
  };
}
