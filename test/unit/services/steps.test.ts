import { describe, expect, it } from 'vitest'
import { listStepKinds } from '../../../src/main/services/steps.ts'
import { stepKinds } from '../../../src/main/stages/index.ts'

describe('listStepKinds', () => {
  it('says which inputs and outputs there are only on request', () => {
    expect(listStepKinds('prepare/split')[0]?.outputs).toEqual([
      { name: 'train', kind: 'dataset', optional: false },
      { name: 'test', kind: 'dataset', optional: false },
      { name: 'validation', kind: 'dataset', optional: true },
    ])
    expect(listStepKinds('train/model')[0]?.inputs).toContainEqual({ name: 'validation', kind: 'dataset', optional: true })
  })

  it('describes every kind and every parameter', () => {
    const kinds = listStepKinds()
    expect(kinds.map((kind) => kind.id)).toEqual(stepKinds.map((kind) => kind.id))
    for (const kind of kinds) {
      expect(kind.help, kind.id).not.toBe('')
      for (const parameter of kind.parameters) expect(parameter.help, `${kind.id} ${parameter.name}`).not.toBe('')
    }
  })

  it('reads types and defaults from the schema', () => {
    const [deploy] = listStepKinds('deploy/local')
    expect(deploy?.parameters).toMatchObject([{ name: 'name', type: 'string', required: true }])
    const [split] = listStepKinds('prepare/split')
    expect(split?.parameters.find((parameter) => parameter.name === 'test')).toMatchObject({ type: 'number', required: false, default: 0.25 })
  })

  it('suggests the kind that was meant', () => {
    expect(() => listStepKinds('prepare/splt')).toThrow('prepare/split')
  })
})
