import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lintPipeline } from '../../../src/main/pipeline/lint/index.ts'
import { loadStepKinds } from '../../../src/main/pipeline/step-kinds.ts'
import { examplePipeline, exampleRegistry } from './workplace.ts'

const kinds = await loadStepKinds(exampleRegistry)

/** Every text is a pipeline or has findings inside of it; the lint never throws. */
function expectAnswer(text: string): void {
  const { pipeline, findings } = lintPipeline(text, 'p.yaml', kinds)
  expect(pipeline === undefined).toBe(findings.length > 0)
  for (const finding of findings) {
    expect(finding.message).not.toBe('')
    expect(finding.line).toBeGreaterThanOrEqual(1)
    expect(finding.line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length)
    expect(finding.column).toBeGreaterThanOrEqual(1)
  }
}

test('any text gets an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expectAnswer(text)
    }),
    { numRuns: 300, seed: 1 },
  )
})

test('a pipeline with any piece replaced gets an answer', () => {
  const pieces = ['', '\t', '&a ', '*a', '[', ']', '{', '}', ': ', '- ', '"', "'", '#', '|', '>', '!', '?', '<<', 'null', '__proto__', 'constructor', '\0', '\uFEFF', '1e999', '---\n', '\n']
  fc.assert(
    fc.property(fc.nat(examplePipeline.length), fc.nat(12), fc.constantFrom(...pieces), (start, length, piece) => {
      expectAnswer(examplePipeline.slice(0, start) + piece + examplePipeline.slice(start + length))
    }),
    { numRuns: 500, seed: 2 },
  )
})
