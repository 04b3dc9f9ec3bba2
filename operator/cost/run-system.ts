import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputsOf } from '../../build/build.ts';
import { graphName } from '../../build/discover.ts';
import { LocalSystem } from '../../local/system.ts';
import type { Connection } from '../connection.ts';
import { seedOf } from '../graph-data.ts';
import { Meter } from './meter.ts';

export interface MeteredSystem {
  system: LocalSystem;
  meter: Meter;
  close: () => Promise<void>;
}

/** Starts a built graph with its seed on a temporary data folder, with a meter. */
export async function startMetered(root: string, stage: string): Promise<MeteredSystem> {
  const data = mkdtempSync(join(tmpdir(), 'cost-'));
  const meter = new Meter();
  const { onLog, onInvoked, onUsage } = meter;
  const system = await LocalSystem.start({ ...outputsOf(root), data, port: 0, onLog, onInvoked, onUsage });
  const close = async () => {
    await system.close();
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const connection: Connection = { url: system.url, graph: graphName(root), stage, aws: system.awsAccess };
    await (await seedOf(root))?.seed(connection);
    return { system, meter, close };
  } catch (error) {
    await close();
    throw error;
  }
}
