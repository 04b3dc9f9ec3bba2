import type { SystemModel } from './model.ts';

/** Returns a model with only the functions that `runs` accepts, their tables, mappings and rules, and the function URL. */
export function selectFunctions(model: SystemModel, runs: (functionName: string) => boolean): SystemModel {
  const functions = model.functions.filter(({ name }) => runs(name));
  const mentioned = new Set(functions.flatMap(({ environment }) => Object.values(environment)));
  const selected = <Item extends { functionName: string }>(items: Item[]) =>
    items.filter(({ functionName }) => runs(functionName));
  const rules = model.rules.map((rule) => ({ ...rule, targets: selected(rule.targets) }));
  return {
    ...model,
    functions,
    tables: model.tables.filter(({ name }) => mentioned.has(name)),
    mappings: selected(model.mappings),
    queueMappings: selected(model.queueMappings),
    asyncConfigs: selected(model.asyncConfigs),
    rules: rules.filter(({ targets }) => targets.length > 0),
    logSubscriptions: model.logSubscriptions.filter(({ source }) => runs(source)),
  };
}
