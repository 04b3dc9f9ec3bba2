import type { TemplateResource } from '../../assembly/read-assembly.ts';

/** Returns the logical ids in the order in which the resources must be created. Throws, as CloudFormation does, if there is a circle. */
export function creationOrder(resources: Record<string, TemplateResource>): string[] {
  const order = new Set<string>();
  const path: string[] = [];
  const visit = (id: string) => {
    if (order.has(id)) return;
    if (path.includes(id))
      throw new Error(`Circular dependency between resources: [${path.slice(path.indexOf(id)).join(', ')}]`);
    path.push(id);
    for (const each of dependenciesOf(resources[id])) if (each in resources) visit(each);
    path.pop();
    order.add(id);
  };
  for (const id of Object.keys(resources)) visit(id);
  return [...order];
}

/** Returns the logical ids that a resource names, by `DependsOn` or an intrinsic function. Some may be parameters. */
export function dependenciesOf(resource: TemplateResource | undefined): Set<string> {
  const found = new Set([resource?.DependsOn ?? []].flat());
  collect(resource?.Properties, found);
  // A CodeDeploy group, with its alarms, is there before the alias that it moves.
  collect(resource?.UpdatePolicy, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, found);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, argument] of Object.entries(value)) {
    if (name === 'Ref') found.add(String(argument));
    else if (name === 'Fn::GetAtt') found.add([argument].flat().map(String)[0]?.split('.')[0] ?? '');
    else if (name === 'Fn::Sub') for (const each of substituted([argument].flat()[0])) found.add(each);
    collect(argument, found);
  }
}

function substituted(text: unknown): string[] {
  return [...String(text).matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map(([, name = '']) => name);
}
