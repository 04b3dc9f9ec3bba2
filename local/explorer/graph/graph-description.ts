/** Description of the graph for the explorer; the build writes it to `graph.json`. */
export interface GraphDescription {
  /** Sorted by name. */
  services: ServiceDescription[];
  /** Types of the supergraph, without those of specifications: root types first, then by name. */
  types: TypeDescription[];
  events: EventDescription[];
  deprecated: DeprecatedElement[];
}

export interface ServiceDescription {
  name: string;
  /** `lambda://NAME` or `http(s)://…`. */
  address: string;
}

export interface TypeDescription {
  name: string;
  kind: 'object' | 'interface' | 'union' | 'enum' | 'input' | 'scalar';
  description?: string;
  /** Services that define it. */
  services: string[];
  /** Keys by service, if it is an entity. */
  keys: EntityKey[];
  fields: FieldDescription[];
  /** Members of a union, values of an enum. */
  members: string[];
  /** Access requirements of the type, as directives. */
  access: string[];
}

export interface EntityKey {
  service: string;
  /** Selection of key fields: `id`, `owner { id }`. */
  fields: string;
  /** False if the service only refers to the entity by this key. */
  isResolvable: boolean;
}

export interface FieldDescription {
  name: string;
  /** Type as in the schema: `[Book!]!`. */
  type: string;
  description?: string;
  /** Services that resolve it. */
  services: string[];
  /** Fields of other services that a service needs to resolve it. */
  requires?: string;
  access: string[];
  /** Reason of its deprecation. */
  deprecated?: string;
  /** Whether it is `@inaccessible` for clients. */
  isHidden?: true;
}

export interface EventDescription {
  type: string;
  /** Publishing service. */
  source: string;
  /** Services whose consumer handles it. */
  consumers: string[];
}

export interface DeprecatedElement {
  /** Schema coordinate: `Book.isbn10`. */
  coordinate: string;
  reason: string;
  services: string[];
  /** Registered operations that select it: `web: Books`. */
  operations: string[];
}
