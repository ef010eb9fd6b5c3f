import { z } from 'zod'
import { taskSchema } from './task.ts'
import { tableSchemaSchema } from './schema.ts'

/** What an artifact's record says about it, by kind; small enough to list thousands. */
export const artifactMetaSchemas = {
  /** Files: `data.parquet`. Rows keep the order of their source. */
  dataset: z.object({
    rows: z.int().nonnegative(),
    schema: tableSchemaSchema,
    /** How rows must be held out where the data was split by a column: whole groups of it, or the latest by it. */
    split: z.union([z.object({ group: z.string() }), z.object({ time: z.string() })]).optional(),
  }),
  /** Files: `profile.json`, `profile.html`. */
  profile: z.object({ rows: z.int().nonnegative(), columns: z.int().nonnegative(), findings: z.int().nonnegative() }),
  /** Files: `recipe.json`, the unfitted spec. */
  recipe: z.object({ columns: z.int().nonnegative() }),
  /** Files: `model.json`, `weights.bin`. */
  model: z.object({
    task: taskSchema,
    target: z.string(),
    estimator: z.string(),
    /** One sentence for lists. */
    summary: z.string(),
    /** Score in cross-validation on the training rows, or on `rows` validation rows, where one was made. */
    validation: z.object({ metric: z.string(), mean: z.number(), deviation: z.number(), rows: z.int().optional() }).optional(),
  }),
  /** Files: `report.json`. */
  report: z.object({
    task: taskSchema,
    rows: z.int().nonnegative(),
    metrics: z.record(z.string(), z.number()),
    baseline: z.record(z.string(), z.number()),
    /** 95 % interval of the primary metric. */
    interval: z.object({ metric: z.string(), low: z.number(), high: z.number() }).optional(),
  }),
  /** Files: `deployment.json`. The project points the slot `name` at the model of this artifact. */
  deployment: z.object({ name: z.string(), model: z.string() }),
} as const

/** Kind of an immutable output of a step. */
export type ArtifactKind = keyof typeof artifactMetaSchemas

/** What an artifact's record says about it. */
export type ArtifactMeta<K extends ArtifactKind = ArtifactKind> = z.infer<(typeof artifactMetaSchemas)[K]>

/** An immutable, content-addressed output in the store; plain data. */
export type Artifact<K extends ArtifactKind = ArtifactKind> = {
  readonly kind: K
  /** SHA-256 over the names and contents of its files. */
  readonly hash: string
  /** Absolute folder that holds its files. */
  readonly path: string
  readonly bytes: number
  readonly meta: ArtifactMeta<K>
}

/** An output that a step wrote to a temporary folder; the store seals it into an artifact. */
export type Draft<K extends ArtifactKind = ArtifactKind> = {
  readonly kind: K
  /** Absolute temporary folder from `ctx.outputFolder`. */
  readonly path: string
  readonly meta: ArtifactMeta<K>
}
