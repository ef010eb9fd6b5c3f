// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { FeatureColumn } from '../../../../../src/shared/contract/features.ts'
import { changedColumns, changedParameters, ownTransforms, useRecipeDraft, withEntering, withFormula, withTransforms } from '../../../../../src/renderer/screens/features/recipe-draft.ts'

const column = (name: string, role: FeatureColumn['role'] = 'feature'): FeatureColumn => ({ name, type: 'decimal', role, reason: '', missing: 0, distinct: 9, formula: null, enters: true, leftOut: null, chosen: false, ways: [] })

describe('a recipe that is changed', () => {
  it('leaves a column out and lets it in again, with nothing left behind', () => {
    const out = withEntering({ preset: 'auto', columns: { age: ['scale'] } }, column('age'), false)
    expect(out).toEqual({ preset: 'auto', drop: ['age'] })
    expect(withEntering(out, column('age'), true)).toEqual({ preset: 'auto' })
  })

  it('lets a key in only by transforms of its own, as the engine wants it', () => {
    expect(withEntering({ drop: ['id'] }, column('id', 'identifier'), true)).toEqual({ columns: { id: [] } })
  })

  it('writes transforms short, keeps an empty list, and gives a column back to the preset', () => {
    const own = withTransforms({ drop: ['x'] }, 'age', [{ transform: 'scale', params: {} }, { transform: 'clip', params: { tails: 3 } }])
    expect(own).toEqual({ drop: ['x'], columns: { age: ['scale', { transform: 'clip', params: { tails: 3 } }] } })
    expect(ownTransforms(own, 'age')).toEqual([{ transform: 'scale', params: {} }, { transform: 'clip', params: { tails: 3 } }])
    expect(withTransforms(own, 'age', [])).toEqual({ drop: ['x'], columns: { age: [] } })
    expect(withTransforms(own, 'age', undefined)).toEqual({ drop: ['x'] })
    expect(ownTransforms({}, 'constructor')).toBeUndefined()
  })

  it('says which parameters and which columns differ', () => {
    const [from, to] = [{ drop: ['a'], columns: { b: ['scale'] } }, withFormula({ drop: ['c'], columns: { b: ['scale'] } }, 'f', 'b / 2')]
    expect(changedParameters(from, to)).toEqual([{ name: 'drop', value: ['c'] }, { name: 'formulas', value: { f: 'b / 2' } }])
    expect(changedColumns(from, to)).toEqual(new Set(['f', 'a', 'c']))
    expect(changedParameters(to, withFormula(to, 'f', undefined))).toEqual([{ name: 'formulas', value: undefined }])
  })
})

describe('the draft', () => {
  it('is undone and redone, counts its changes, and is settled by a save', () => {
    const stored = { preset: 'auto' }
    const { result } = renderHook(() => useRecipeDraft(stored))
    act(() => result.current.change({ drop: ['a'] }))
    act(() => result.current.change({ drop: ['a', 'b'] }))
    expect(result.current).toMatchObject({ params: { drop: ['a', 'b'] }, changes: 2, canRedo: false })
    act(() => result.current.undo())
    expect(result.current).toMatchObject({ params: { drop: ['a'] }, changes: 1, canRedo: true })
    act(() => result.current.redo())
    act(() => result.current.settle())
    expect(result.current.changes).toBe(0)
    act(() => result.current.undo())
    expect(result.current).toMatchObject({ params: { drop: ['a'] }, changes: 1 })
  })

  it('takes what the file holds now where nothing was changed, and keeps changes where something was', () => {
    const { result, rerender } = renderHook(({ stored }) => useRecipeDraft(stored), { initialProps: { stored: { drop: ['a'] } } })
    rerender({ stored: { drop: ['b'] } })
    expect(result.current.params).toEqual({ drop: ['b'] })
    act(() => result.current.change({ drop: [] }))
    rerender({ stored: { drop: ['c'] } })
    expect(result.current.params).toEqual({ drop: [] })
  })
})
