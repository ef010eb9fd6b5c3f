import { basename, extname } from 'node:path'
import type { RunEvent } from '#shared/domain/run.ts'
import { createPipeline } from '../../new-pipeline.ts'
import { forecastPipeline } from '../../pipeline-forecast.ts'
import { listPipelines, readPipeline, savePipeline } from '../../pipeline-files.ts'
import { pipelinePlace } from '../../pipeline-place.ts'
import { runPipelineFile } from '../../runs.ts'
import { stepArtifacts } from '../../step-artifacts.ts'
import type { Handlers } from '../context.ts'
import { texts } from './texts.ts'

/** Ends the thread that reads pipeline texts. */
export const closePipelineTexts = texts.close

/** Pipeline files: read, checked, changed, saved, planned and run. */
export const pipelinesHandlers: Handlers<'pipelines'> = {
  list: async ({ project }, { projects }) => ({ pipelines: await listPipelines(await projects.use(project), texts) }),
  read: async ({ project, file }, { projects }) => readPipeline(await projects.use(project), file),
  check: ({ file, text }) => texts.ask('check', { file, text }),
  edit: ({ text, change }) => texts.ask('edit', { text, change }),
  async save({ project, ...work }, { projects, events }) {
    const saved = await savePipeline(await projects.use(project), work)
    events.emit({ topic: 'project', project, changed: ['pipelines'] })
    return saved
  },
  async create({ project, ...wanted }, { projects, events }) {
    const created = await createPipeline(await projects.use(project), wanted)
    events.emit({ topic: 'project', project, changed: ['pipelines'] })
    return created
  },
  kinds: () => texts.ask('kinds', {}),
  async run({ project, file, set, force }, { projects, jobs, events }) {
    const open = await projects.use(project)
    const place = pipelinePlace(open.path, file)
    const tell = (changed: ('runs' | 'datasets' | 'models' | 'deployments' | 'pipelines')[]): void => {
      events.emit({ topic: 'project', project, changed })
    }
    const job = jobs.start({
      kind: 'run',
      project,
      title: `Run ${basename(file, extname(file))}`,
      pipelineFile: place,
      async work(handle) {
        const onEvent = (event: RunEvent): void => {
          handle.runEvent(event)
          if (event.type === 'run-started') tell(['runs', 'pipelines'])
        }
        try {
          return await runPipelineFile(await projects.use(project), { file: place, set, force }, { signal: handle.signal, onEvent })
        } finally {
          tell(['runs', 'datasets', 'models', 'deployments', 'pipelines'])
        }
      },
    })
    return { job }
  },
  async plan({ project, file, ...request }, { projects }) {
    const open = await projects.use(project)
    return forecastPipeline(open, { place: pipelinePlace(open.path, file), ...request }, texts)
  },
  artifacts: async ({ project, run, step }, { projects }) => stepArtifacts(await projects.use(project), run, step),
}
