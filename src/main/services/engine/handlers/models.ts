import { isAbsolute } from 'node:path'
import type { CheckedInput } from '#shared/contract/index.ts'
import type { ModelEntry } from '#shared/contract/models.ts'
import { MillraceError } from '#shared/errors.ts'
import type { Project } from '../../../store/project.ts'
import { modelCard } from '../../model-card.ts'
import { createModelDesk } from '../../model-desk.ts'
import { exportModel } from '../../model-export.ts'
import { originOf } from '../../model-origin.ts'
import { listModelsInBlocks, modelEntry, servedModel, type ModelListEntry } from '../../models.ts'
import type { EngineContext, Handlers } from '../context.ts'

/** One desk for all questions about models, those of deployments too. */
export const modelDesk = createModelDesk()

function shown({ run, validation, deployments, ...model }: ModelListEntry): ModelEntry {
  return { ...model, run: run ?? null, validation: validation ?? null, deployments: [...deployments] }
}

/** Throws `invalid-parameter` for a path that is relative: the window has no folder of its own. */
export function requireAbsolute(path: string): string {
  if (isAbsolute(path)) return path
  throw new MillraceError({ code: 'invalid-parameter', headline: 'The place must be a whole path', message: `"${path}" does not say in which folder.`, nextStep: 'Give the path from the root of the disk on.', details: { file: path } })
}

async function startExport({ project, model, run, format, output }: CheckedInput<'models.export'>, open: Project, { jobs }: EngineContext): Promise<{ job: string }> {
  requireAbsolute(output)
  const { ref } = servedModel(open, { model })
  const work = jobs.start({
    kind: 'export',
    project,
    title: `Export ${ref.name}@${String(ref.version)}`,
    work: (job) => exportModel(open, modelDesk, { model, run, format, output }, { signal: job.signal, onProgress: job.progress }),
  })
  return { job: work }
}

/** Trained models. */
export const modelsHandlers: Handlers<'models'> = {
  list: async ({ project }, { projects }) => ({ models: (await listModelsInBlocks(await projects.use(project))).map(shown) }),
  async show({ project, model, run }, { projects }) {
    const open = await projects.use(project)
    const about = await modelDesk.ask(open, servedModel(open, { model }), { kind: 'about' })
    const entry = modelEntry(open, model)
    return { ...shown(entry), about, lookedAtRun: originOf(open, entry.hash, run).run ?? null }
  },
  card: async ({ project, model, run }, { projects }) => modelCard(await projects.use(project), modelDesk, model, run),
  async fields({ project, model }, { projects }) {
    const open = await projects.use(project)
    const { fields, examples, rows, of } = await modelDesk.ask(open, servedModel(open, { model }), { kind: 'fields' })
    return { fields: [...fields], examples: [...examples], rows, of }
  },
  async predictRow({ project, model, row }, { projects }) {
    const open = await projects.use(project)
    return modelDesk.ask(open, servedModel(open, { model }), { kind: 'predict', row })
  },
  async samples({ project, model, run, order, limit }, { projects }) {
    const open = await projects.use(project)
    const served = servedModel(open, { model })
    const { test } = originOf(open, served.ref.hash, run)
    if (test === undefined) return { samples: null }
    return { samples: await modelDesk.ask(open, served, { kind: 'samples', test: { path: test.path, meta: test.meta }, order, limit }) }
  },
  export: async (input, context) => startExport(input, await context.projects.use(input.project), context),
}

/** Ends the worker of the models. */
export const closeModels = (): Promise<void> => modelDesk.close()
