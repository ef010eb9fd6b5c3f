import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { PipelineChange } from '../../../../src/shared/domain/pipeline-change.ts'
import { editPipeline } from '../../../../src/main/pipeline/edit/edit-pipeline.ts'
import { loadStepKinds } from '../../../../src/main/pipeline/step-kinds.ts'

const kinds = await loadStepKinds()
const churn = await readFile(new URL('../churn-flow.yaml', import.meta.url), 'utf8')

const block = `# what it is about
name: flights   # a name
task: regression
target: delay
steps:
  # reads
  - id: ingest
    uses: ingest/file
    with:
      path: "flights.csv"   # the file
  # tidies
  - id: clean
    uses: prepare/clean
  - id: split
    uses: prepare/split
    with: { test: 0.25 } # a quarter

  # plans
  - id: features
    uses: features/recipe
    with:
      drop:
        - tail   # a number
        - flight
  - id: train
    uses: train/model
    needs: [split, features]
    with:
      estimator: linear
      budget: 30s # quick
`

/** The lines that an edit changed: what is gone with "-", what is new with "+". */
function difference(before: string, after: string): string[] {
  const a = before.split('\n')
  const b = after.split('\n')
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return [...a.slice(head, a.length - tail).map((line) => `-${line}`), ...b.slice(head, b.length - tail).map((line) => `+${line}`)]
}

const edited = (text: string, change: PipelineChange): string[] => difference(text, editPipeline(text, change, kinds).text)

describe('edit of a pipeline text', () => {
  it('changes one value and leaves comments, quotes and spaces', () => {
    expect(edited(churn, { kind: 'set-param', step: 'split', path: ['test'], value: 0.3 })).toEqual([
      '-  - { id: split,    uses: prepare/split,   with: { test: 0.25, stratify: true } }',
      '+  - { id: split,    uses: prepare/split,   with: { test: 0.3, stratify: true } }',
    ])
    expect(edited(block, { kind: 'set-param', step: 'ingest', path: ['path'], value: 'flights 2.csv' })).toEqual(['-      path: "flights.csv"   # the file', '+      path: "flights 2.csv"   # the file'])
    expect(edited(block, { kind: 'set-param', step: 'train', path: ['budget'], value: '5m' })).toEqual(['-      budget: 30s # quick', '+      budget: 5m # quick'])
  })

  it('adds a parameter as its neighbours are written', () => {
    expect(edited(churn, { kind: 'set-param', step: 'clean', path: ['duplicates'], value: 'remove' })).toEqual([
      '-  - { id: clean,    uses: prepare/clean }',
      '+  - { id: clean,    uses: prepare/clean, with: { duplicates: remove } }',
    ])
    expect(edited(block, { kind: 'set-param', step: 'split', path: ['group'], value: 'tail' })).toEqual(['-    with: { test: 0.25 } # a quarter', '+    with: { test: 0.25, group: tail } # a quarter'])
    expect(edited(block, { kind: 'set-param', step: 'train', path: ['folds'], value: 10 })).toEqual(['+      folds: 10'])
    expect(edited(block, { kind: 'set-param', step: 'clean', path: ['rules', 'outliers'], value: 'clip' })).toEqual(['+    with: { rules: { outliers: clip } }'])
  })

  it('changes lists item by item', () => {
    expect(edited(block, { kind: 'set-param', step: 'features', path: ['drop'], value: ['tail', 'flight', 'gate, old'] })).toEqual(['+        - "gate, old"'])
    expect(edited(block, { kind: 'set-param', step: 'features', path: ['drop'], value: ['tail'] })).toEqual(['-        - flight'])
    expect(edited(churn, { kind: 'set-param', step: 'features', path: ['drop'], value: ['customer_id', 'region'] })).toEqual([
      '-  - { id: features, uses: features/recipe, with: { preset: auto, drop: [customer_id, signup_date] } }',
      '+  - { id: features, uses: features/recipe, with: { preset: auto, drop: [customer_id, region] } }',
    ])
  })

  it('writes a query of several lines as a block', () => {
    const text = 'steps:\n  - id: a\n    uses: ingest/file\n    with: { path: a.csv }\n  - id: q\n    uses: prepare/sql\n    with:\n      query: SELECT 1 # one\n'
    expect(edited(text, { kind: 'set-param', step: 'q', path: ['query'], value: 'SELECT *\nFROM a\n\nWHERE x > 1\n' })).toEqual([
      '-      query: SELECT 1 # one',
      '+      query: |',
      '+        SELECT *',
      '+        FROM a',
      '+',
      '+        WHERE x > 1',
    ])
  })

  it('takes out a parameter, and an empty "with" along with it', () => {
    expect(edited(block, { kind: 'unset-param', step: 'split', path: ['test'] })).toEqual(['-    with: { test: 0.25 } # a quarter'])
    expect(edited(block, { kind: 'unset-param', step: 'train', path: ['estimator'] })).toEqual(['-      estimator: linear'])
    expect(edited(churn, { kind: 'unset-param', step: 'split', path: ['test'] })).toEqual([
      '-  - { id: split,    uses: prepare/split,   with: { test: 0.25, stratify: true } }',
      '+  - { id: split,    uses: prepare/split,   with: { stratify: true } }',
    ])
  })

  it('puts a step that hands on data between its neighbours, another beside them', () => {
    const between = editPipeline(churn, { kind: 'add-step', uses: 'prepare/clean', after: 'clean', params: {} }, kinds)
    expect(between.step).toBe('clean-2')
    expect(difference(churn, between.text)).toEqual(['+  - { id: clean-2, uses: prepare/clean }'])
    expect(edited(block, { kind: 'add-step', uses: 'prepare/profile', after: 'clean', params: {} })).toEqual([
      '-  - id: split',
      '-    uses: prepare/split',
      '+  - id: profile',
      '+    uses: prepare/profile',
      '+  - id: split',
      '+    uses: prepare/split',
      '+    needs: [clean]',
    ])
  })

  it('starts a pipeline from nothing', () => {
    const first = editPipeline('', { kind: 'add-step', uses: 'ingest/file', after: null, params: { path: 'a b.csv' } }, kinds)
    expect(first.text).toBe('steps:\n  - id: file\n    uses: ingest/file\n    with: { path: a b.csv }\n')
    const next = editPipeline(first.text, { kind: 'add-step', uses: 'prepare/clean', after: null, params: {} }, kinds)
    expect(next.text).toBe(`${first.text}  - id: clean\n    uses: prepare/clean\n`)
    const goal = editPipeline(`# mine\n${next.text}`, { kind: 'set-goal', task: 'regression', target: '1.0', name: 'first' }, kinds)
    expect(goal.text).toBe(`# mine\nname: first\ntask: regression\ntarget: "1.0"\n${next.text}`)
  })

  it('removes a step with its comment and mends what needed it', () => {
    expect(edited(block, { kind: 'remove-step', step: 'clean' })).toEqual(['-  # tidies', '-  - id: clean', '-    uses: prepare/clean'])
    const text = editPipeline(churn, { kind: 'remove-step', step: 'split' }, kinds).text
    expect(text).not.toContain('Keeps a quarter')
    expect(text).toContain('- { id: train,    uses: train/model,     with: { budget: 30s }, needs: [clean, features] }')
    expect(text).toContain('needs: [train, clean] }')
  })

  it('renames a step wherever it is named', () => {
    const text = editPipeline(churn, { kind: 'rename-step', step: 'split', id: 'hold-out' }, kinds).text
    expect(text).toContain('- { id: hold-out,    uses: prepare/split,')
    expect(text).toContain('needs: [hold-out, features] }')
    expect(text).toContain('needs: [train, hold-out] }')
    const query = 'steps:\n  - { id: a, uses: ingest/file, with: { path: a.csv } }\n  - { id: q, uses: prepare/sql, with: { query: FROM a } }\n'
    expect(editPipeline(query, { kind: 'rename-step', step: 'a', id: 'b' }, kinds).text).toBe(
      'steps:\n  - { id: b, uses: ingest/file, with: { path: a.csv } }\n  - { id: q, uses: prepare/sql, with: { query: FROM a, inputs: { a: b } } }\n',
    )
    expect(() => editPipeline(churn, { kind: 'rename-step', step: 'split', id: 'train' }, kinds)).toThrow('has a step "train" already')
  })

  it('sets needs, flags and the goal', () => {
    expect(edited(block, { kind: 'set-needs', step: 'features', needs: ['split', 'clean'] })).toEqual(['+    needs: [split, clean]'])
    expect(edited(block, { kind: 'set-flags', step: 'train', cache: false, retry: 2, timeout: '15m' })).toEqual(['+    cache: false', '+    retry: 2', '+    timeout: 15m'])
    expect(edited(block, { kind: 'set-goal', target: 'late', positive: 'yes', task: 'binary-classification' })).toEqual([
      '-task: regression',
      '-target: delay',
      '+task: binary-classification',
      '+target: late',
      '+positive: "yes"',
    ])
    expect(edited(churn, { kind: 'set-goal', positive: null })).toEqual(['-positive: "Yes"'])
  })

  it('writes a copy where a value was shared by an alias', () => {
    const text = 'steps:\n  - { id: a, uses: prepare/split, with: &w { test: 0.2 } }\n  - id: b\n    uses: prepare/split\n    with: *w\n'
    expect(edited(text, { kind: 'set-param', step: 'b', path: ['test'], value: 0.5 })).toEqual(['-    with: *w', '+    with: { test: 0.5 }'])
    expect(editPipeline(text, { kind: 'set-param', step: 'a', path: ['test'], value: 0.5 }, kinds).text).toContain('with: { test: 0.2 }')
  })

  it('keeps the line ends of the file', () => {
    const text = editPipeline(block.replaceAll('\n', '\r\n'), { kind: 'set-param', step: 'train', path: ['folds'], value: 10 }, kinds).text
    expect(text).toContain('      budget: 30s # quick\r\n      folds: 10\r\n')
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  })

  it('refuses text that is not readable, and steps that are not there', () => {
    expect(() => editPipeline('steps: [', { kind: 'remove-step', step: 'a' }, kinds)).toThrow(expect.objectContaining({ data: expect.objectContaining({ code: 'invalid-pipeline' }) }))
    expect(() => editPipeline(churn, { kind: 'remove-step', step: 'splti' }, kinds)).toThrow(expect.objectContaining({ data: expect.objectContaining({ headline: 'The pipeline has no step "splti", did you mean "split"?' }) }))
  })
})
