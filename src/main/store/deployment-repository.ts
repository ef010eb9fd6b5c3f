import type { Database } from './database.ts'
import { formatRunId } from './run-id.ts'

/** A named slot and the model it serves. */
export type Deployment = {
  readonly name: string
  /** Hash of the model's artifact. */
  readonly model: string
  /** The run that set it last; undefined when that run was deleted, or when it was set by hand. */
  readonly run: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

/** How a slot came to what it serves. */
export type DeploymentWay = 'run' | 'deployed' | 'rolled back' | 'removed'

/** One change of a slot. */
export type DeploymentChange = {
  readonly at: number
  readonly how: DeploymentWay
  /** Hash of the model from then on; undefined where the slot was removed. */
  readonly hash: string | undefined
  /** The model as it was called then, `name@version`. */
  readonly model: string | undefined
  readonly run: string | undefined
}

type Row = { name: string; hash: string; run: number | null; created_at: number; updated_at: number }
type ChangeRow = { at: number; how: DeploymentWay; hash: string | null; model: string | null; run: number | null }

/** Named slots that serve models. */
export type DeploymentRepository = ReturnType<typeof createDeploymentRepository>

/** Named slots that serve models, and their history; statements are prepared once. */
export function createDeploymentRepository(database: Database) {
  const upsert = database.prepare<[string, string, number | null, number, number]>(
    `INSERT INTO deployments (name, hash, run, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, run = excluded.run, updated_at = excluded.updated_at
     WHERE deployments.hash <> excluded.hash`,
  )
  const one = database.prepare<[string], Row>('SELECT * FROM deployments WHERE name = ?')
  const all = database.prepare<[], Row>('SELECT * FROM deployments ORDER BY name')
  const ofModel = database.prepare<[string], Row>('SELECT * FROM deployments WHERE hash = ? ORDER BY name')
  const drop = database.prepare<[string]>('DELETE FROM deployments WHERE name = ?')
  const note = database.prepare<[string, string | null, string | null, DeploymentWay, number | null, number]>(
    `INSERT INTO deployment_history (name, hash, model, how, run, at)
     VALUES (?, ?, (SELECT m.name || '@' || m.version FROM model_versions m WHERE m.hash = ? ORDER BY m.name LIMIT 1), ?, ?, ?)`,
  )
  const changes = database.prepare<[string], ChangeRow>('SELECT at, how, hash, model, run FROM deployment_history WHERE name = ? ORDER BY id DESC')
  return {
    /** Points the slot at a model; nothing changes where it already does. `how` is `run` if not said. Call it inside a transaction. */
    set(deployment: { name: string; model: string; run: number | undefined; at: number; how?: DeploymentWay }): void {
      const { name, model, run = null, at, how = 'run' } = deployment
      if (upsert.run(name, model, run, at, at).changes > 0) note.run(name, model, model, how, run, at)
    },
    /** Takes the slot away; its history stays. Call it inside a transaction. */
    remove(name: string, at: number): void {
      if (drop.run(name).changes > 0) note.run(name, null, null, 'removed', null, at)
    },
    get(name: string): Deployment | undefined {
      const row = one.get(name)
      return row === undefined ? undefined : deploymentOf(row)
    },
    list: (): Deployment[] => all.all().map(deploymentOf),
    /** Slots that serve this model. */
    ofModel: (hash: string): Deployment[] => ofModel.all(hash).map(deploymentOf),
    /** What became of a slot of this name, the latest first. */
    history: (name: string): DeploymentChange[] => changes.all(name).map(changeOf),
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

function changeOf({ at, how, hash, model, run }: ChangeRow): DeploymentChange {
  return { at, how, hash: hash ?? undefined, model: model ?? undefined, run: run === null ? undefined : formatRunId(run) }
}
