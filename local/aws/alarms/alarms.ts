import type { Clock } from '../clock.ts';
import { type AlarmDefinition, type AlarmState, ofVersion } from './alarm-definition.ts';
import { datapointsOf, evaluateAlarm, type Verdict } from './evaluate-alarm.ts';
import { type Metric, type MetricStore, RESOLUTION } from './metric-store.ts';

/** An alarm and its state. */
export interface Alarm extends Verdict {
  definition: AlarmDefinition;
  /** Start of the state, epoch milliseconds. */
  since: number;
}

export interface AlarmsOptions {
  clock: Clock;
  metrics: MetricStore;
  /** Returns values that are measured once a minute, such as the depth of queues. */
  gauges: () => { metric: Metric; value: number }[];
  /** Called when an alarm changes its state, with the state before. */
  onChange: (alarm: Alarm, before: AlarmState) => void;
}

/** Alarms of CloudWatch, evaluated at each full minute. */
export class Alarms {
  readonly #options: AlarmsOptions;
  readonly #alarms = new Map<string, Alarm>();
  readonly #listeners = new Set<(alarm: Alarm) => void>();
  readonly #stopping = new AbortController();

  constructor(options: AlarmsOptions) {
    this.#options = options;
  }

  /** Starts evaluating. */
  start(): void {
    void this.#run();
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** Adds or replaces an alarm. A replaced one keeps its state, as on AWS. */
  put(definition: AlarmDefinition): void {
    const verdict: Verdict = { state: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation' };
    const existing = this.#alarms.get(definition.name) ?? { ...verdict, since: this.#options.clock.now() };
    this.#alarms.set(definition.name, { ...existing, definition });
  }

  remove(name: string): void {
    this.#alarms.delete(name);
  }

  /** Replaces all alarms. */
  replaceAll(definitions: AlarmDefinition[]): void {
    const names = new Set(definitions.map(({ name }) => name));
    for (const name of this.#alarms.keys()) if (!names.has(name)) this.remove(name);
    for (const definition of definitions) this.put(definition);
  }

  /** Lets the alarms on a version of a function watch another version. */
  watchVersion(functionName: string, version: string): void {
    for (const { definition } of this.all()) this.put(ofVersion(definition, functionName, version));
  }

  /** Returns all alarms, by name. */
  all(): Alarm[] {
    return [...this.#alarms.values()].sort((a, b) => a.definition.name.localeCompare(b.definition.name));
  }

  /** Sets the state of an alarm until its next evaluation; returns false if there is no such alarm. */
  setState(name: string, verdict: Verdict): boolean {
    const alarm = this.#alarms.get(name);
    if (alarm) this.#apply(alarm, verdict);
    return alarm !== undefined;
  }

  /** Evaluates all alarms. */
  evaluate(): void {
    const { clock, metrics, gauges } = this.#options;
    // In the minute that has just ended.
    for (const { metric, value } of gauges()) metrics.record(metric, value, clock.now() - 1);
    for (const alarm of this.all()) {
      const verdict = evaluateAlarm(alarm.definition, datapointsOf(alarm.definition, metrics, clock.now()));
      if (verdict) this.#apply(alarm, verdict);
    }
  }

  /** Returns one of the named alarms that is in the state ALARM, if there is any. */
  firing(names: string[]): Alarm | undefined {
    return names.map((name) => this.#alarms.get(name)).find((alarm) => alarm?.state === 'ALARM');
  }

  /** Resolves when one of the named alarms changes to the state ALARM, or when the signal is aborted. */
  whenFiring(names: string[], signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        this.#listeners.delete(listener);
        resolve();
      };
      const listener = ({ definition, state }: Alarm) => {
        if (state === 'ALARM' && names.includes(definition.name)) settle();
      };
      this.#listeners.add(listener);
      signal.addEventListener('abort', settle, { once: true });
    });
  }

  async #run(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#stopping;
    for (;;) {
      await clock.wait(RESOLUTION - (clock.now() % RESOLUTION), signal);
      if (signal.aborted) return;
      this.evaluate();
    }
  }

  #apply(alarm: Alarm, { state, reason }: Verdict): void {
    const hasChanged = state !== alarm.state;
    const changed: Alarm = { ...alarm, state, reason, since: hasChanged ? this.#options.clock.now() : alarm.since };
    this.#alarms.set(alarm.definition.name, changed);
    if (!hasChanged) return;
    for (const listener of [...this.#listeners]) listener(changed);
    this.#options.onChange(changed, alarm.state);
  }
}
