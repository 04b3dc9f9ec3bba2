import type { DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Withhold } from '../engine/plan/make-program.ts';
import type { PermissionKey } from './permissions.ts';
import type { Requirement } from './requirement.ts';
import { readRequirements } from './requirements.ts';
import { type AuthorizationRules, requirementsOf, withheldFields } from './withheld-fields.ts';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Who may see what, by the directives of a supergraph. */
export class Authorization {
  readonly #rules: AuthorizationRules;

  constructor(supergraph: DocumentNode, schema: GraphQLSchema) {
    this.#rules = { schema, requirements: readRequirements(supergraph) };
  }

  /** Returns the requirements that bear on an operation, each once. */
  requirementsOf(operation: OperationDefinitionNode, fragments: Fragments): Requirement[] {
    return this.#rules.requirements.size > 0 ? requirementsOf(operation, fragments, this.#rules) : [];
  }

  /** Returns what finds the fields that are withheld from viewers who meet these of an operation's requirements. */
  withholdUnmet(requirements: Requirement[], met: PermissionKey): Withhold {
    const areMet = new Set(requirements.filter((_, index) => met[index] === '1').map((each) => JSON.stringify(each)));
    const isMet = (each: Requirement) => areMet.has(JSON.stringify(each));
    return (operation, fragments) => withheldFields(operation, fragments, this.#rules, isMet);
  }
}
