import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { checkText } from '../../../src/main/pipeline/check-text.ts'
import { loadStepKinds } from '../../../src/main/pipeline/step-kinds.ts'

const kinds = await loadStepKinds()
const churn = await readFile(new URL('churn-flow.yaml', import.meta.url), 'utf8')
const check = (text: string) => checkText(text, 'churn.yaml', kinds)

describe('check of a pipeline text', () => {
  it('says what the steps are, what they take and where they stand', () => {
    const { outline, findings, valid } = check(churn)
    expect({ findings, valid }).toEqual({ findings: [], valid: true })
    expect(outline).toMatchObject({ name: 'churn', task: 'binary-classification', target: 'churned', positive: 'Yes', seed: 42 })
    expect(outline?.steps.map(({ key, stage, lines }) => [key, stage, lines.from, lines.to])).toEqual([
      ['ingest', 'ingest', 10, 10],
      ['clean', 'prepare', 12, 12],
      ['split', 'prepare', 14, 14],
      ['features', 'features', 17, 17],
      ['train', 'train', 19, 19],
      ['evaluate', 'evaluate', 21, 21],
      ['deploy', 'deploy', 23, 23],
    ])
    const train = outline?.steps[4]
    expect(train).toMatchObject({ needs: ['split', 'features'], needsGiven: true, params: { budget: '30s' }, settled: { budget: '30s', folds: 5 }, problems: [] })
    expect(train?.inputs).toEqual([
      { name: 'train', kind: 'dataset', optional: false, from: { step: 'split', output: 'train' } },
      { name: 'validation', kind: 'dataset', optional: true, from: null },
      { name: 'recipe', kind: 'recipe', optional: false, from: { step: 'features', output: 'recipe' } },
    ])
  })

  it.each(['stratify: true, validation: 0.1', 'column: plan'])('shows validation rows where the split may set them aside: %s', (how) => {
    const { outline, valid } = check(churn.replace('stratify: true', how))
    expect(valid).toBe(true)
    expect(outline?.steps[2]?.outputs.map(({ name }) => name)).toEqual(['train', 'test', 'validation'])
    expect(outline?.steps[4]?.inputs).toContainEqual({ name: 'validation', kind: 'dataset', optional: true, from: { step: 'split', output: 'validation' } })
  })

  it('keeps the graph while a pipeline may not run, with each problem at its step', () => {
    const { outline, findings, valid } = check(churn.replace('stratify: true', 'stratify: 3').replace('features/recipe,', 'features/recpie,'))
    expect(valid).toBe(false)
    expect(outline?.steps).toHaveLength(7)
    expect(findings.map(({ step, line, rule }) => [step, line, rule])).toEqual([
      ['split', 14, 'valid-params'],
      ['features', 17, 'known-kinds'],
    ])
    expect(outline?.steps[2]).toMatchObject({ settled: null, problems: [{ param: 'stratify', message: 'true or false is expected' }] })
    expect(outline?.steps[3]).toMatchObject({ known: false, inputs: [], stage: 'features' })
  })

  it.each(['', '# nothing yet', 'name: x', 'steps:', 'steps: 5', 'steps: [1, null, {id: a}, {uses: b}, {id: a}]', 'steps:\n  - id:\n  - uses: prepare/clean\n    needs: {}'])('takes what is half written: %s', (text) => {
    const { outline, findings, valid } = check(text)
    expect(valid).toBe(false)
    expect(findings.length).toBeGreaterThan(0)
    expect(outline).not.toBeNull()
    expect(new Set(outline?.steps.map(({ key }) => key)).size).toBe(outline?.steps.length)
  })

  it.each(['steps: [', '\tx', '- a\n- b', 'a: 1\na: 2', 'just words'])('has no graph of what is no mapping: %s', (text) => {
    expect(check(text)).toMatchObject({ outline: null, valid: false })
    expect(check(text).findings.length).toBeGreaterThan(0)
  })

  it('knows the lines of steps of several lines, without the comments around them', () => {
    const text = 'steps:\n  # one\n  - id: a\n    uses: prepare/sql\n    with:\n      query: |\n        SELECT 1\n        FROM x\n\n  # two\n  - id: b\n    uses: prepare/clean # here\n# end\n'
    expect(check(text).outline?.steps.map(({ lines }) => lines)).toEqual([{ from: 3, to: 8 }, { from: 11, to: 12 }])
  })
})
