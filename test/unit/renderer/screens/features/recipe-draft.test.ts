// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { FeatureColumn } from '../../../../../src/shared/contract/features.ts'
import { changedColumns, changedParameters, ownTransforms, useRecipeDraft, withEntering, withFormula, withTransforms, type RecipeParams } from '../../../../../src/renderer/screens/features/recipe-draft.ts'

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

  it('takes what the file holds now where nothing was changed, and is brought together with it where something was', () => {
    const { result, rerender } = renderHook(({ stored }: { readonly stored: RecipeParams }) => useRecipeDraft(stored), { initialProps: { stored: { drop: ['a'] } } })
    rerender({ stored: { drop: ['b'] } })
    expect(result.current).toMatchObject({ params: { drop: ['b'] }, changes: 0, elsewhere: undefined })
    act(() => result.current.change({ drop: ['b', 'mine'] }))
    rerender({ stored: { drop: ['b', 'theirs'] } })
    expect(result.current).toMatchObject({ params: { drop: ['b', 'theirs', 'mine'] }, changes: 1, elsewhere: { disputed: [] } })
    act(() => result.current.undo())
    expect(result.current).toMatchObject({ params: { drop: ['b', 'theirs'] }, changes: 0 })
  })

  it('says what both changed, and can take the other side of it', () => {
    const { result, rerender } = renderHook(({ stored }: { readonly stored: RecipeParams }) => useRecipeDraft(stored), { initialProps: { stored: { formulas: { f: 'a' } } } })
    act(() => result.current.change({ formulas: { f: 'mine' }, drop: ['x'] }))
    rerender({ stored: { formulas: { f: 'theirs' } } })
    expect(result.current).toMatchObject({ params: { formulas: { f: 'mine' }, drop: ['x'] }, elsewhere: { disputed: ['f'] } })
    act(() => result.current.takeTheirs())
    expect(result.current).toMatchObject({ params: { formulas: { f: 'theirs' }, drop: ['x'] }, elsewhere: undefined })
    act(() => result.current.undo())
    expect(result.current.params).toEqual({ formulas: { f: 'mine' }, drop: ['x'] })
  })
})
