import { type ComponentType, useState } from 'react';
import { AccessSection } from './access-section.tsx';
import { DeprecatedSection } from './deprecated-section.tsx';
import { EntitiesSection } from './entities-section.tsx';
import { EventsSection } from './events-section.tsx';
import type { GraphDescription } from './graph-description.ts';
import { TypesSection } from './types-section.tsx';

const SECTIONS: { name: string; content: ComponentType<{ graph: GraphDescription }> }[] = [
  { name: 'Entities', content: EntitiesSection },
  { name: 'Types', content: TypesSection },
  { name: 'Events', content: EventsSection },
  { name: 'Access', content: AccessSection },
  { name: 'Deprecated', content: DeprecatedSection },
];

/** Services and schema of the graph: entities, types, events, access, deprecated fields. */
export default function GraphView({ graph }: { graph: GraphDescription }) {
  const [name, setName] = useState('Entities');
  const { content: Content } = SECTIONS.find((each) => each.name === name) ?? { content: EntitiesSection };
  return (
    <div className="graph">
      <div className="strip">
        <div role="tablist" aria-label="Sections of the graph">
          {SECTIONS.map((section) => (
            <button
              key={section.name}
              type="button"
              role="tab"
              id={`graph-tab-${section.name}`}
              aria-selected={section.name === name}
              aria-controls="graph-section"
              onClick={() => setName(section.name)}
            >
              {section.name}
            </button>
          ))}
        </div>
      </div>
      <div className="panel" id="graph-section" role="tabpanel" aria-labelledby={`graph-tab-${name}`}>
        <Content graph={graph} />
      </div>
    </div>
  );
}
