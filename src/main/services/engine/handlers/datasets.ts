import { basename, isAbsolute } from 'node:path'
import type { CheckedInput, MethodOutput } from '#shared/contract/index.ts'
import type { RowOrder } from '#shared/domain/row-order.ts'
import type { RunEvent } from '#shared/domain/run.ts'
import { MillraceError } from '#shared/errors.ts'
import { systemClock } from '../../../base/clock.ts'
import { checkCondition } from '../../../data/page-condition.ts'
import { importFile } from '../../datasets.ts'
import { datasetEntries, describeDataset } from '../../describe-dataset.ts'
import { createColumnDesk } from '../../grid/column-desk.ts'
import { columnByTarget } from '../../grid/column-by-target.ts'
import { createGridDesk } from '../../grid/grid-desk.ts'
import { knownDataset, type KnownDataset } from '../../grid/known-datasets.ts'
import { createPreviewDesk } from '../../preview/preview-desk.ts'
import { profileVersion } from '../../profiles.ts'
import { retypeDataset } from '../../retype.ts'
import { exportRows } from '../../rows.ts'
import { storedProfile } from '../../stored-profile.ts'
import { readingField } from '../../with-remedy.ts'
import type { EngineContext, Handlers } from '../context.ts'
import type { JobHandle } from '../job-queue.ts'

const grid = createGridDesk()
const columns = createColumnDesk(systemClock.now)
const previews = createPreviewDesk(systemClock)

/** Ends the threads that look at rows, columns and files. */
export async function closeDatasets(): Promise<void> {
  await Promise.all([grid.close(), columns.close(), previews.close()])
}

type Which = { readonly project: string; readonly dataset: string; readonly version?: number | undefined }

async function known({ project, dataset, version }: Which, { projects }: EngineContext): Promise<KnownDataset> {
  return knownDataset(await projects.use(project), dataset, version)
}

/** The dataset of a view, and where it is shown; a view of another order from there takes its place. */
async function inView(input: Which & { readonly order: RowOrder; readonly grid?: string | undefined }, what: string, context: EngineContext) {
  const dataset = await known(input, context)
  for (const condition of input.order.filter) checkCondition(condition, dataset.artifact.meta.schema.columns)
  const place = input.grid === undefined ? undefined : { name: `${input.grid} ${what}`, key: JSON.stringify([dataset.hash, input.order]) }
  return { dataset, place }
}

/** Starts work that is a recorded run and may make a dataset version. */
function startRun(context: EngineContext, about: { readonly kind: 'import' | 'profile'; readonly project: string; readonly title: string }, work: (effects: { readonly signal: JobHandle['signal']; readonly onEvent: (event: RunEvent) => void }) => Promise<unknown>): { job: string } {
  const job = context.jobs.start({
    ...about,
    async work(handle) {
      try {
        return await work({ signal: handle.signal, onEvent: handle.runEvent })
      } finally {
        context.events.emit({ topic: 'project', project: about.project, changed: ['runs', 'datasets'] })
      }
    },
  })
  return { job }
}

const titled = (paths: readonly string[]): string => (paths.length === 1 ? basename(paths[0] ?? '') : `${String(paths.length)} files`)

/** Datasets: their record, their rows page by page, and how files become them. */
export const datasetsHandlers: Handlers<'datasets'> = {
  list: async ({ project }, { projects }) => ({ datasets: datasetEntries(await projects.use(project)) }),
  describe: async ({ project, dataset, version }, { projects }) => describeDataset(await projects.use(project), dataset, version),
  async rows(input, context) {
    const startedAt = performance.now()
    const { dataset, place } = await inView(input, 'rows', context)
    const { page, total } = await grid.ask(dataset, { kind: 'rows', order: input.order, columns: input.columns, offset: input.offset, rows: input.rows }, place)
    return { ...page, columns: page.columns as MethodOutput<'datasets.rows'>['columns'], total: total ?? null, milliseconds: performance.now() - startedAt }
  },
  async count(input, context) {
    const { dataset } = await inView(input, 'count', context)
    return { total: await grid.ask(dataset, { kind: 'count', order: input.order }) }
  },
  async find(input, context) {
    const { dataset, place } = await inView(input, 'find', context)
    const { order, columns: names, text, from, backwards } = input
    const asked = place === undefined ? undefined : { ...place, key: JSON.stringify([place.key, text]) }
    const { row, matches, before } = await grid.ask(dataset, { kind: 'find', order, columns: names, text, from, backwards }, asked)
    return { row: row ?? null, matches, before }
  },
  async cell(input, context) {
    const { dataset } = await inView(input, 'cell', context)
    return { value: await grid.ask(dataset, { kind: 'cell', order: input.order, column: input.column, row: input.row, characters: 100_000 }) }
  },
  async columnSummary(input, context) {
    const dataset = await known(input, context)
    const stored = storedProfile(await context.projects.use(input.project), dataset.hash, undefined)
    return { columns: [...(await columns.profiles(dataset, input.columns, stored?.path))] }
  },
  async columnByTarget(input, context) {
    const dataset = await known(input, context)
    const stored = storedProfile(await context.projects.use(input.project), dataset.hash, undefined)
    const [profile] = await columns.profiles(dataset, [input.column], stored?.path)
    const { classes, counts } = await columnByTarget(grid, dataset, profile, input.target)
    return { classes: [...classes], counts: counts.map((row) => [...row]) }
  },
  import: ({ project, paths, ...options }, context) =>
    startRun(context, { kind: 'import', project, title: `Import ${titled(paths)}` }, async (effects) => {
      const place = paths.length === 1 ? (paths[0] as string) : paths
      return importFile(await context.projects.use(project), place, withoutEmpty(options), { ...effects, option: readingField })
    }),
  preview: (request) => previews.look(request),
  async leaks(request) {
    const { rows, findings } = await previews.leaks(request)
    return { rows, findings: [...findings] }
  },
  profile: ({ project, dataset, version, target, sample }, context) =>
    startRun(context, { kind: 'profile', project, title: `Profile ${dataset}` }, async (effects) => {
      const open = await context.projects.use(project)
      const which = knownDataset(open, dataset, version)
      const { profile: _profile, page: _page, ...about } = await profileVersion(open, { dataset: `${which.name}@${String(which.version)}`, target, sample }, effects)
      return about
    }),
  async storedProfile(input, context) {
    const dataset = await known(input, context)
    const stored = storedProfile(await context.projects.use(input.project), dataset.hash, input.target)
    return stored === undefined ? { run: null, profile: null } : { run: stored.run, profile: await columns.head(stored.path) }
  },
  async retype({ project, ...retyping }, context) {
    await known({ project, ...retyping }, context)
    return startRun(context, { kind: 'import', project, title: `Read ${retyping.dataset} again` }, async (effects) => retypeDataset(await context.projects.use(project), retyping, { ...effects, option: readingField }))
  },
  async export({ project, ...input }, context) {
    const { dataset } = await inView({ project, ...input }, 'export', context)
    if (!isAbsolute(input.output)) throw new MillraceError({ code: 'invalid-parameter', headline: 'The output needs a whole path', message: `"${input.output}" does not say where it lies.`, nextStep: 'Choose a folder and a name.', details: { value: input.output } })
    const { order, output, format, formulas } = input
    return {
      job: context.jobs.start({
        kind: 'export',
        project,
        title: `Export ${dataset.name} to ${basename(output)}`,
        async work({ signal, progress }) {
          const open = await context.projects.use(project)
          const version = open.datasets.get(dataset.name, dataset.version)
          if (version === undefined) throw new Error(`${dataset.name}@${String(dataset.version)} went away`)
          const effects = { signal, onProgress: (message: string) => progress(null, message) }
          const { hash: _hash, ...exported } = await exportRows(open, { dataset: version, view: { ...order, columns: input.columns }, output, format, formulas }, effects)
          return exported
        },
      }),
    }
  },
}

/** Options as the pipeline of an import has them: what says nothing is left out. */
function withoutEmpty({ types, roles, missing, ...options }: Omit<CheckedInput<'datasets.import'>, 'project' | 'paths'>): Parameters<typeof importFile>[2] {
  const some = <T extends object>(record: T): T | undefined => (Object.keys(record).length === 0 ? undefined : record)
  return { ...options, types: some(types), roles: some(roles), missing: some(missing) }
}
