import { describe, expect, test } from 'vitest'
import type { Artifact } from '../../../../src/shared/domain/artifact.ts'
import { toErrorData } from '../../../../src/shared/errors.ts'
import { createRng } from '../../../../src/main/base/rng.ts'
import { recipeSpecSchema } from '../../../../src/main/learn/recipe/recipe.ts'
import { recipe } from '../../../../src/main/stages/features/recipe.ts'
import type { StageContext } from '../../../../src/main/stages/step-kind.ts'
import { schemaOf } from '../../learn/columns.ts'

const columns = [schemaOf('id', 'integer', { role: 'identifier', reason: 'it counts the rows' }), schemaOf('age', 'integer'), schemaOf('notes', 'text'), schemaOf('churn', 'boolean')]
const data: Artifact<'dataset'> = { kind: 'dataset', hash: 'abc', path: '/nowhere', bytes: 1, meta: { rows: 9, schema: { columns } } }

function recordingContext(): { ctx: StageContext; written: Map<string, string>; said: string[] } {
  const written = new Map<string, string>()
  const said: string[] = []
  const refuse = (): never => {
    throw new Error('a recipe reads no data')
  }
  const say = (message: string): void => {
    said.push(message)
  }
  const ctx: StageContext = {
    goal: { task: 'binary-classification', target: 'churn' },
    rng: createRng(1),
    seed: 1,
    clock: { now: () => 0, monotonic: () => 0, processor: () => 0 },
    log: { debug: say, info: say, warn: say, error: say },
    data: { run: refuse, rows: refuse, chunks: refuse, beside: refuse, interrupt: refuse, close: refuse, isolated: refuse },
    kernels: refuse,
    memoryBytes: 1 << 20,
    outputFolder: (name) => Promise.resolve(`/out/${name}`),
    writeFile: (folder, name, content) => {
      written.set(`${folder}/${name}`, String(content))
      return Promise.resolve()
    },
    readFile: refuse,
    resolvePath: refuse,
    progress: () => undefined,
    measure: () => undefined,
    throwIfAborted: () => undefined,
  }
  return { ctx, written, said }
}

describe('features/recipe', () => {
  test('writes what the user asked for, without reading data, and says what stays out', async () => {
    const { ctx, written, said } = recordingContext()
    const params = recipe.params.parse({ drop: ['id'], columns: { age: ['scale'] }, formulas: { decades: 'floor(age / 10)' }, select: { keep: 20 } })
    const outputs = await recipe.run({ params, inputs: { data } }, ctx)
    expect(outputs).toEqual({ recipe: { kind: 'recipe', path: '/out/recipe', meta: { columns: 3 } } })
    expect(recipeSpecSchema.parse(JSON.parse(written.get('/out/recipe/recipe.json') ?? ''))).toEqual({
      formatVersion: 2,
      preset: 'auto',
      columns,
      drop: ['id'],
      overrides: { age: [{ transform: 'scale', params: {} }] },
      formulas: { decades: 'floor(age / 10)' },
      matrix: [{ transform: 'selection', params: { keep: 20 } }],
    })
    expect(said).toContain('"churn" does not enter the model: it is the target')
  })

  test('a column that does not exist is an error with a suggestion', async () => {
    const failed = await Promise.resolve(recipe.run({ params: recipe.params.parse({ drop: ['agee'] }), inputs: { data } }, recordingContext().ctx)).catch(toErrorData)
    expect(failed).toMatchObject({ code: 'invalid-parameter', headline: 'There is no column "agee"', message: expect.stringContaining('Did you mean "age"?') as string })
  })

  test('a recipe that lets no column in, or the target, fails before anything is trained', async () => {
    const run = (params: object) => Promise.resolve(recipe.run({ params: recipe.params.parse(params), inputs: { data } }, recordingContext().ctx)).catch(toErrorData)
    expect(await run({ drop: ['age', 'notes'] })).toMatchObject({ code: 'invalid-data', headline: 'No column is left to learn from', message: expect.stringContaining('"age": the recipe drops it') as string })
    expect(await run({ formulas: { sure: 'if(churn == "yes", 1, 0)' } })).toMatchObject({ code: 'invalid-parameter', message: expect.stringContaining('would know the answer') as string })
    expect(await run({ columns: { churn: ['ordinal'] } })).toMatchObject({ code: 'invalid-parameter', headline: 'The target "churn" cannot be a feature' })
  })

  test.each([[{ preset: 'magic' }], [{ drops: [] }], [{ columns: { age: [{ transform: 'scale', parms: {} }] } }]])('refuses %j', (params) => {
    expect(recipe.params.safeParse(params).success).toBe(false)
  })
})
