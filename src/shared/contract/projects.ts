import { z } from 'zod'
import { taskSchema } from '../domain/task.ts'
import { doneSchema, inProjectSchema, projectPathSchema } from './envelopes.ts'
import { method } from './method.ts'

/** A stage of the loop, in its order. */
export const stageSchema = z.enum(['ingest', 'prepare', 'features', 'train', 'evaluate', 'deploy', 'monitor', 'retrain'])

/** A stage of the loop. */
export type Stage = z.infer<typeof stageSchema>

/** How far a stage of a project is, as the rail and the list of projects show it. */
export const stageStateSchema = z.object({
  stage: stageSchema,
  state: z.enum(['empty', 'done', 'attention', 'running', 'failed']),
  /** One line, e.g. "customers v2 · 5,000 rows", "ROC AUC 0.843". */
  line: z.string(),
})

/** A project with its state. */
export const projectSummarySchema = z.object({
  path: z.string(),
  name: z.string(),
  /** Of the newest run that had a goal. */
  task: taskSchema.nullable(),
  target: z.string().nullable(),
  stages: z.array(stageStateSchema),
  /** In words, e.g. "Training", "Evaluated, not deployed". */
  state: z.string(),
  best: z.object({ metric: z.string(), label: z.string(), value: z.number() }).nullable(),
  running: z.boolean(),
  /** Newest pipeline file, relative to the folder; null where there is none. */
  pipeline: z.string().nullable(),
  counts: z.object({ datasets: z.number(), runs: z.number(), models: z.number(), deployments: z.number() }),
})

/** A project with its state. */
export type ProjectSummary = z.infer<typeof projectSummarySchema>

/** The user's projects. */
export const projects = {
  /** Projects that were opened on this machine, the latest first; those whose folder is gone say so. */
  recent: method(
    z.object({}),
    z.object({ projects: z.array(z.object({ path: z.string(), name: z.string(), openedAt: z.number(), bytes: z.number().nullable(), problem: z.string().nullable(), summary: projectSummarySchema.nullable() })) }),
  ),
  templates: method(z.object({}), z.object({ templates: z.array(z.object({ id: z.string(), title: z.string(), help: z.string(), rows: z.string() })) })),
  /** Opens a folder that holds a project and remembers it; throws `invalid-project` for any other. */
  open: method(z.object({ path: projectPathSchema }), projectSummarySchema),
  /** Makes a folder a project, with a template's files where one is named. */
  create: method(z.object({ path: projectPathSchema, template: z.string().optional() }), projectSummarySchema),
  summary: method(inProjectSchema, projectSummarySchema),
  /** Takes it out of the list; the folder stays. */
  forget: method(z.object({ path: projectPathSchema }), doneSchema),
  /** What the project's disk is spent on, in bytes. */
  disk: method(inProjectSchema, z.object({ bytes: z.number(), parts: z.array(z.object({ part: z.string(), bytes: z.number() })) })),
}
