import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import type { PipelineChange } from '../../../../src/shared/domain/pipeline-change.ts'
import { changeFile } from '../../../../src/main/pipeline/edit/change-file.ts'
import { editPipeline } from '../../../../src/main/pipeline/edit/edit-pipeline.ts'
import type { FileData } from '../../../../src/main/pipeline/edit/file-data.ts'
import { renderFlow, renderItem, renderPair } from '../../../../src/main/pipeline/edit/render-yaml.ts'
import { loadStepKinds } from '../../../../src/main/pipeline/step-kinds.ts'

const kinds = await loadStepKinds()

const words = fc.constantFrom('a', 'test', 'col umn', 'yes', '1.0', 'null', '# no', 'x: y', '- z', "it's", '"q"', 'naïve', 'tab\tbed', '', ' pad ', '{', '*a', '&b', '%', '@', '漢字', '\u2028', 'two\nlines', 'a,b', 'true', '0x1f', '1e3', '~', '…', 'end:', '\\n', '=')
const scalar = fc.oneof(words, fc.string({ maxLength: 12 }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null))
const value = fc.oneof({ weight: 4, arbitrary: scalar }, { weight: 2, arbitrary: fc.array(scalar, { maxLength: 4 }) }, { weight: 2, arbitrary: fc.dictionary(fc.constantFrom('p', 'q', 'r s', 'yes', '#'), fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), { maxKeys: 3, noNullPrototype: true }) })
const params = fc.dictionary(fc.constantFrom('path', 'test', 'drop', 'query', 'columns', 'budget'), value, { maxKeys: 4, noNullPrototype: true })

/** Numbers as YAML gives them back: it knows no −0. */
const settle = (data: unknown): unknown => JSON.parse(JSON.stringify(data)) as unknown

type StepPlan = { readonly uses: string; readonly params: Readonly<Record<string, unknown>>; readonly needs: number; readonly flow: boolean; readonly comment: boolean; readonly blank: boolean; readonly tail: boolean }

const stepPlan: fc.Arbitrary<StepPlan> = fc.record({
  uses: fc.constantFrom(...kinds.keys()),
  params,
  needs: fc.integer({ min: 0, max: 5 }),
  flow: fc.boolean(),
  comment: fc.boolean(),
  blank: fc.boolean(),
  tail: fc.boolean(),
})

/** A pipeline's text in some layout: its comments are `# c<step>` above and `# t<step>` at the end of a line. */
function textOf(plans: readonly StepPlan[], { eol, ends }: { readonly eol: string; readonly ends: boolean }): string {
  const lines = ['# head', 'name: n  # the name', ...(plans.length % 2 === 0 ? ['task: regression'] : []), '', 'steps:']
  for (const [index, plan] of plans.entries()) {
    const with_ = settle(plan.params) as Record<string, unknown>
    const needs = plan.needs === 0 ? {} : plan.needs === 1 ? { needs: 's0' } : { needs: [`s${String(Math.max(0, index - 1))}`, 's0'].slice(0, plan.needs - 1) }
    const step = { id: `s${String(index)}`, uses: plan.uses, ...(Object.keys(with_).length === 0 ? {} : { with: with_ }), ...needs }
    if (plan.blank) lines.push('')
    if (plan.comment) lines.push(`  # c${String(index)}`)
    const tail = plan.tail ? `   # t${String(index)}` : ''
    if (plan.flow) lines.push(`  - ${renderFlow(step)}${tail}`)
    else lines.push(...renderItem(step).map((line, at) => (line === '' ? '' : `  ${line}`) + (at === 1 ? tail : '')))
  }
  if (ends) lines.push('# the end')
  return lines.join(eol) + (ends ? eol : '')
}

const key = fc.integer({ min: 0, max: 7 })

const change = (steps: number): fc.Arbitrary<PipelineChange> => {
  const step = key.map((index) => `s${String(index % steps)}`)
  const path: fc.Arbitrary<string[]> = fc.oneof(fc.constantFrom<string[]>(['path'], ['test'], ['drop'], ['new'], ['columns', 'p'], ['columns', 'new', 'x']), words.filter((word) => word !== '').map((word) => [word as string]))
  return fc.oneof(
    fc.record({ kind: fc.constant('set-param' as const), step, path, value }),
    fc.record({ kind: fc.constant('unset-param' as const), step, path }),
    fc.record({ kind: fc.constant('add-step' as const), uses: fc.constantFrom(...kinds.keys()), after: fc.oneof(step, fc.constant(null)), params }),
    fc.record({ kind: fc.constant('remove-step' as const), step }),
    fc.record({ kind: fc.constant('rename-step' as const), step, id: fc.constantFrom('renamed', 'other-1', '7') }),
    fc.record({ kind: fc.constant('set-needs' as const), step, needs: fc.oneof(fc.constant(null), fc.array(step, { maxLength: 3 })) }),
    fc.record({ kind: fc.constant('set-goal' as const), target: fc.oneof(fc.constant(null), words), positive: fc.option(words, { nil: undefined }), seed: fc.option(fc.nat(), { nil: undefined }), name: fc.option(words, { nil: undefined }) }),
    fc.record({ kind: fc.constant('set-flags' as const), step, cache: fc.option(fc.boolean()), retry: fc.option(fc.nat(10), { nil: undefined }), timeout: fc.option(fc.constantFrom('15m', 90)) }),
  )
}

const scene = fc
  .tuple(fc.array(stepPlan, { minLength: 1, maxLength: 8 }), fc.record({ eol: fc.constantFrom('\n', '\r\n'), ends: fc.boolean() }))
  .chain(([plans, layout]) => fc.record({ plans: fc.constant(plans), layout: fc.constant(layout), changes: fc.array(change(plans.length), { minLength: 1, maxLength: 3 }) }))

const read = (text: string): FileData => {
  const document = parseDocument(text, { uniqueKeys: true, stringKeys: true })
  expect(document.errors).toEqual([])
  return document.toJS() as FileData
}

const commentsOf = (text: string): string[] => text.match(/# (c|t|head|the )\w*/g) ?? []

describe('any edit of any pipeline text', () => {
  it('reads back as the change says, and loses no comment but those of what is gone', () => {
    fc.assert(
      fc.property(scene, ({ plans, layout, changes }) => {
        let text = textOf(plans, layout)
        const ids = (data: FileData) => (data['steps'] as { id: string }[]).map(({ id }) => id)
        for (const wanted of changes) {
          const before = read(text)
          if ('step' in wanted && !ids(before).includes(wanted.step)) continue
          if (wanted.kind === 'add-step' && wanted.after !== null && !ids(before).includes(wanted.after)) continue
          if (wanted.kind === 'rename-step' && ids(before).includes(wanted.id)) continue
          if (wanted.kind === 'remove-step' && ids(before).length === 1) continue
          const settled = settle(wanted) as PipelineChange
          const after = editPipeline(text, settled, kinds).text
          expect(read(after)).toEqual(settle(changeFile(before, settled, kinds).data))
          if (wanted.kind === 'add-step' || wanted.kind === 'set-needs' || wanted.kind === 'rename-step') expect(commentsOf(after)).toEqual(commentsOf(text))
          if (layout.eol === '\r\n' && !after.includes('|')) expect(after.replaceAll('\r\n', '')).not.toContain('\n')
          text = after
        }
      }),
      { numRuns: 100 },
    )
  })

  it('writes any value so that it reads back, on one line or several', () => {
    fc.assert(
      fc.property(value, fc.oneof(words, fc.string()), (wanted, name) => {
        const settled = settle(wanted)
        expect(read(`k: ${renderFlow(settled)}`)).toEqual({ k: settled })
        expect(read(`${renderFlow(name)}: ${renderFlow(settled)}`)).toEqual({ [name]: settled })
        expect(read(renderPair('k', settled).join('\n'))).toEqual({ k: settled })
        expect(read(`l:\n${renderItem({ a: settled, b: [settled] }).map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}`)).toEqual({ l: [{ a: settled, b: [settled] }] })
      }),
      { numRuns: 200 },
    )
  })
})
