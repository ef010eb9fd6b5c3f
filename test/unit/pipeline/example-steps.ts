import { readFile, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import type { ArtifactMeta } from '#shared/domain/artifact.ts'
import { defineStep, type StepKind } from '../../../src/main/stages/step-kind.ts'

/** Step kinds that do next to nothing, so that tests see what the engine does. Worker threads import this file. */

const nothing = () => ({ memoryBytes: 0, diskBytes: 0 })
const rowsOf = (text: string): ArtifactMeta<'dataset'> => ({ rows: text.split('\n').length, schema: { columns: [] } })
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const ingest = defineStep({
  id: 'ingest/text',
  version: 1,
  label: 'Text',
  help: 'Reads a file.',
  params: z.object({ path: z.string(), name: z.string().optional() }),
  inputs: {},
  outputs: { data: 'dataset' },
  usesGoal: false,
  usesSeed: false,
  externalFiles: ({ path }) => [path],
  estimate: nothing,
  async run({ params }, ctx) {
    ctx.log.info(`reading ${params.path}`)
    const path = await ctx.outputFolder('data')
    const content = await readFile(ctx.resolvePath(params.path), 'utf8')
    await ctx.writeFile(path, 'data.parquet', content)
    ctx.progress(1, 'read')
    return { data: { kind: 'dataset', path, meta: rowsOf(content) } }
  },
})

const append = defineStep({
  id: 'prepare/append',
  version: 1,
  label: 'Append',
  help: 'Appends a line.',
  params: z.object({ line: z.string().default('end'), options: z.object({ times: z.int().min(1).default(1) }).prefault({}) }),
  inputs: { data: { kind: 'dataset', from: ['data'] } },
  outputs: { data: 'dataset' },
  usesGoal: false,
  usesSeed: false,
  estimate: nothing,
  async run({ params, inputs }, ctx) {
    const path = await ctx.outputFolder('data')
    const content = text(await ctx.readFile(inputs.data, 'data.parquet')) + `\n${params.line}`.repeat(params.options.times)
    await ctx.writeFile(path, 'data.parquet', content)
    return { data: { kind: 'dataset', path, meta: rowsOf(content) } }
  },
})

const split = defineStep({
  id: 'prepare/halve',
  version: 1,
  label: 'Halve',
  help: 'Deals lines out at random.',
  params: z.object({ test: z.number().gt(0).lt(1).default(0.5) }),
  inputs: { data: { kind: 'dataset', from: ['data'] } },
  outputs: { train: 'dataset', test: 'dataset' },
  usesGoal: false,
  usesSeed: true,
  estimate: nothing,
  async run({ params, inputs }, ctx) {
    const lines = text(await ctx.readFile(inputs.data, 'data.parquet')).split('\n')
    const drawn = lines.map((line) => ({ line, isTest: ctx.rng.uniform() < params.test }))
    const write = async (name: string, isTest: boolean) => {
      const path = await ctx.outputFolder(name)
      const content = drawn.filter((one) => one.isTest === isTest).map((one) => one.line).join('\n')
      await ctx.writeFile(path, 'data.parquet', content)
      return { kind: 'dataset' as const, path, meta: rowsOf(content) }
    }
    return { train: await write('train', false), test: await write('test', true) }
  },
})

const train = defineStep({
  id: 'train/constant',
  version: 1,
  label: 'Constant',
  help: 'Learns a number by heart.',
  params: z.strictObject({ value: z.number().default(1) }),
  inputs: { data: { kind: 'dataset', from: ['train', 'data'] } },
  outputs: { model: 'model' },
  usesGoal: true,
  usesSeed: false,
  estimate: nothing,
  async run({ params, inputs }, ctx) {
    const path = await ctx.outputFolder('model')
    await ctx.writeFile(path, 'model.json', JSON.stringify({ value: params.value, from: inputs.data.hash }))
    const goal = ctx.goal
    if (goal === undefined) throw new Error('no goal')
    return { model: { kind: 'model', path, meta: { task: goal.task, target: goal.target, estimator: 'constant', summary: `always ${params.value}` } } }
  },
})

const evaluate = defineStep({
  id: 'evaluate/count',
  version: 1,
  label: 'Count',
  help: 'Counts lines.',
  params: z.object({}),
  inputs: { model: { kind: 'model', from: ['model'] }, data: { kind: 'dataset', from: ['test', 'data'] } },
  outputs: { report: 'report' },
  usesGoal: false,
  usesSeed: false,
  estimate: nothing,
  async run({ inputs }, ctx) {
    const path = await ctx.outputFolder('report')
    const meta = { task: inputs.model.meta.task, rows: inputs.data.meta.rows, metrics: { rmse: inputs.data.meta.rows }, baseline: { rmse: 99 } }
    await ctx.writeFile(path, 'report.json', JSON.stringify({ ...meta, model: inputs.model.hash }))
    return { report: { kind: 'report', path, meta } }
  },
})

const deploy = defineStep({
  id: 'deploy/slot',
  version: 1,
  label: 'Slot',
  help: 'Sets a slot.',
  params: z.object({ name: z.string() }),
  inputs: { model: { kind: 'model', from: ['model'] } },
  outputs: { deployment: 'deployment' },
  usesGoal: false,
  usesSeed: false,
  estimate: nothing,
  async run({ params, inputs }, ctx) {
    const path = await ctx.outputFolder('deployment')
    const meta = { name: params.name, model: inputs.model.hash }
    await ctx.writeFile(path, 'deployment.json', JSON.stringify(meta))
    return { deployment: { kind: 'deployment', path, meta } }
  },
})

/** Misbehaves as told. */
const faulty = defineStep({
  id: 'fault/any',
  version: 1,
  label: 'Faulty',
  help: 'Misbehaves.',
  params: z.object({
    how: z.enum(['throw', 'user', 'exit', 'wait', 'spin', 'flaky', 'huge', 'vast', 'touch', 'elsewhere', 'nothing', 'print', 'full']),
    /** File that the fault uses. */
    file: z.string().optional(),
  }),
  inputs: { data: { kind: 'dataset', from: ['data'], optional: true } },
  outputs: { data: 'dataset' },
  externalFiles: ({ how, file }) => (how === 'touch' && file !== undefined ? [file] : []),
  usesGoal: false,
  usesSeed: false,
  estimate: ({ params }) => ({ memoryBytes: params.how === 'huge' ? 2 ** 60 : 0, diskBytes: params.how === 'vast' ? 2 ** 60 : 0 }),
  async run({ params }, ctx) {
    const path = await ctx.outputFolder('data')
    const file = params.file === undefined ? '' : ctx.resolvePath(params.file)
    await ctx.writeFile(path, 'data.parquet', 'half')
    if (params.how === 'throw') throw new TypeError('undefined is not a function')
    if (params.how === 'user') {
      throw new MillraceError({ code: 'invalid-data', headline: 'Bad cell', nextStep: 'Fix it.', details: { row: 3, column: 'age', value: 'x' } })
    }
    if (params.how === 'full') await writeFile('/dev/full', 'x')
    if (params.how === 'exit') process.exit(7)
    if (params.how === 'spin') for (;;) path.at(0)
    if (params.how === 'print') console.log('printed by a library')
    if (params.how === 'touch') await writeFile(file, 'changed while it is read')
    if (params.how === 'flaky') {
      const tries = (await readFile(file, 'utf8').catch(() => '')) + '.'
      await writeFile(file, tries)
      if (tries.length < 3) throw new MillraceError({ code: 'io', headline: 'Busy disk', nextStep: 'Wait.', retryable: true })
    }
    ctx.progress(0.5, 'half way')
    while (params.how === 'wait') {
      await new Promise((wake) => setTimeout(wake, 5))
      ctx.throwIfAborted()
    }
    if (params.how === 'nothing') return {} as never
    return { data: { kind: 'dataset', path: params.how === 'elsewhere' ? '/tmp' : path, meta: rowsOf('half') } }
  },
})

export const stepKinds: readonly StepKind[] = [ingest, append, split, train, evaluate, deploy, faulty]
