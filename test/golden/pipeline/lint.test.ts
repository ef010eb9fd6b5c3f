import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lintPipeline } from '../../../src/main/pipeline/lint/index.ts'
import { planPipeline } from '../../../src/main/pipeline/plan.ts'
import { findingInWords } from '../../../src/main/pipeline/read-pipeline.ts'
import { loadStepKinds } from '../../../src/main/pipeline/step-kinds.ts'
import { exampleRegistry } from '../../unit/pipeline/workplace.ts'

const kinds = await loadStepKinds(exampleRegistry)
const folder = new URL('./input/', import.meta.url)
const cases = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

/** The findings; of a file without any, the plan: step, what it takes, the parameters that are not defaults. */
function lintInWords(name: string): string {
  const result = lintPipeline(readFileSync(new URL(name, folder), 'utf8'), name, kinds)
  if (result.pipeline === undefined) return result.findings.map((finding) => `${findingInWords(finding)}  [${finding.rule}]\n`).join('')
  const { name: title, goal, seed, steps } = planPipeline(result.pipeline, { kinds })
  const lines = steps.map((step) => {
    const inputs = Object.entries(step.inputs).map(([input, from]) => `${input} = ${from?.step ?? 'nothing'}.${from?.output ?? ''}`)
    return `${step.id} (${inputs.join(', ')}) cache ${step.cache} retry ${step.retry} timeout ${step.timeout ?? 'none'} ${JSON.stringify(step.settled)}`
  })
  return [`no findings: ${JSON.stringify({ title, goal, seed })}`, ...lines, ''].join('\n')
}

test.each(cases)('%s', async (name) => {
  await expect(lintInWords(name)).toMatchFileSnapshot(`./expected/${name.replace('.yaml', '.txt')}`)
})

test('a file of over 256 KiB, one of zero bytes and one nested without end are refused', () => {
  const first = (text: string) => lintPipeline(text, 'x.yaml', kinds).findings[0]?.message
  expect(first('#'.repeat(270_000))).toBe('the file is larger than 256 KiB, which no pipeline is')
  expect(first('name: a\0b')).toBe('the file is not text; it holds zero bytes')
  expect(first('['.repeat(20_000))).toBe('the file is nested far too deep')
})
