import type { Database } from './database.ts'
import { formatRunId } from './run-id.ts'

/** A named slot and the model it serves. */
export type Deployment = {
  readonly name: string
  /** Hash of the model's artifact. */
  readonly model: string
  /** The run that set it last; undefined when that run was deleted. */
  readonly run: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

type Row = { name: string; hash: string; run: number | null; created_at: number; updated_at: number }

/** Named slots that serve models. */
export type DeploymentRepository = ReturnType<typeof createDeploymentRepository>

/** Named slots that serve models; statements are prepared once. */
export function createDeploymentRepository(database: Database) {
  const upsert = database.prepare<[string, string, number | null, number, number]>(
    `INSERT INTO deployments (name, hash, run, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, run = excluded.run, updated_at = excluded.updated_at
     WHERE deployments.hash <> excluded.hash`,
  )
  const one = database.prepare<[string], Row>('SELECT * FROM deployments WHERE name = ?')
  const all = database.prepare<[], Row>('SELECT * FROM deployments ORDER BY name')
  const ofModel = database.prepare<[string], Row>('SELECT * FROM deployments WHERE hash = ? ORDER BY name')
  return {
    /** Points the slot at a model; nothing changes where it already does. */
    set(deployment: { name: string; model: string; run: number | undefined; at: number }): void {
      upsert.run(deployment.name, deployment.model, deployment.run ?? null, deployment.at, deployment.at)
    },
    get(name: string): Deployment | undefined {
      const row = one.get(name)
      return row === undefined ? undefined : deploymentOf(row)
    },
    list: (): Deployment[] => all.all().map(deploymentOf),
    /** Slots that serve this model. */
    ofModel: (hash: string): Deployment[] => ofModel.all(hash).map(deploymentOf),
  }
}

function deploymentOf(row: Row): Deployment {
  return {
    name: row.name,
    model: row.hash,
    run: row.run === null ? undefined : formatRunId(row.run),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
