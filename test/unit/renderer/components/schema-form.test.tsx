// @vitest-environment jsdom
import { screen, within } from '@testing-library/react'
import { useState, type ReactElement } from 'react'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { SchemaForm, type SchemaFormProps } from '../../../../src/renderer/components/schema-form/schema-form.tsx'
import { renderPart } from '../render-window.tsx'

const parameters = z.object({
  estimator: z.string().optional().describe('Id of the estimator'),
  folds: z.int().min(0).max(20).default(5).describe('Parts of the cross-validation'),
  share: z.number().gt(0).lt(1).optional().meta({ unit: 'of the rows' }),
  rows: z.union([z.enum(['auto', 'all']), z.int().positive()]).default('auto'),
  stratify: z.boolean().default(true),
  header: z.boolean().optional(),
  preset: z.enum(['auto', 'none']).default('auto'),
  drop: z.array(z.string()).default([]),
  path: z.union([z.string(), z.array(z.string())]),
  slices: z.union([z.enum(['auto', 'off']), z.array(z.string())]).default('auto'),
  costs: z.object({ falsePositive: z.number(), falseNegative: z.number() }).optional(),
  types: z.record(z.string(), z.enum(['integer', 'text'])).default({}),
  steps: z.array(z.object({ transform: z.string() })).optional(),
  params: z.record(z.string(), z.unknown()).optional(),
})
const schema = z.toJSONSchema(parameters, { io: 'input' })

function show(start: Readonly<Record<string, unknown>> = {}, props: Partial<SchemaFormProps> = {}) {
  let current: Readonly<Record<string, unknown>> = start
  function Form(): ReactElement {
    const [value, setValue] = useState(start)
    return (
      <SchemaForm
        schema={schema}
        value={value}
        onChange={(next) => {
          current = next
          setValue(next)
        }}
        {...props}
      />
    )
  }
  return { ...renderPart(<Form />), value: () => current }
}

test('fields carry label, unit, hint and default from the schema', async () => {
  show()
  expect(await screen.findByRole('textbox', { name: 'Folds' })).toHaveProperty('placeholder', '5')
  expect(screen.getByText('Parts of the cross-validation')).toBeDefined()
  expect(screen.getByRole('textbox', { name: 'Share (of the rows)' })).toBeDefined()
  expect(screen.getByRole('switch', { name: 'Stratify' })).toHaveProperty('checked', true)
})

test('only what is set is in the value, and clearing a field takes it out', async () => {
  const { user, value } = show()
  const folds = await screen.findByRole('textbox', { name: 'Folds' })
  await user.type(folds, '7')
  expect(value()).toEqual({ folds: 7 })
  await user.clear(folds)
  expect(value()).toEqual({})
  await user.click(screen.getByRole('switch', { name: 'Stratify' }))
  expect(value()).toEqual({ stratify: false })
  await user.click(screen.getByRole('switch', { name: 'Stratify' }))
  expect(value()).toEqual({})
})

test('an error stands in place of the hint', async () => {
  show({ folds: 70 }, { errors: { folds: 'Enter a whole number up to 20.' } })
  expect(await screen.findByText('Enter a whole number up to 20.')).toBeDefined()
  expect(screen.queryByText('Parts of the cross-validation')).toBeNull()
  expect(screen.getByRole('textbox', { name: 'Folds' }).getAttribute('aria-invalid')).toBe('true')
})

test('a field of names or numbers takes both', async () => {
  const { user, value } = show()
  const rows = await screen.findByRole('combobox', { name: 'Rows' })
  await user.type(rows, '2000')
  expect(value()).toEqual({ rows: 2000 })
  await user.clear(rows)
  await user.type(rows, 'all')
  expect(value()).toEqual({ rows: 'all' })
})

test('choices are offered by keyboard', async () => {
  const { user, value } = show({}, { choices: { estimator: [{ value: 'gradient-boosting', label: 'Gradient boosting' }, { value: 'linear' }] } })
  await user.click(await screen.findByRole('combobox', { name: 'Estimator' }))
  expect(await screen.findByRole('option', { name: 'Gradient boosting' })).toBeDefined()
  await user.keyboard('{ArrowDown}{Enter}')
  expect(value()).toEqual({ estimator: 'gradient-boosting' })
})

test('one text or several become tags, written as the schema takes them', async () => {
  const { user, value } = show()
  const path = await screen.findByRole('combobox', { name: /Path/ })
  await user.type(path, 'a.csv{Enter}')
  expect(value()).toEqual({ path: 'a.csv' })
  await user.type(path, 'b.csv{Enter}')
  expect(value()).toEqual({ path: ['a.csv', 'b.csv'] })
  await user.type(screen.getByRole('combobox', { name: 'Drop' }), 'id{Enter}')
  expect(value()).toEqual({ path: ['a.csv', 'b.csv'], drop: ['id'] })
})

test('an alternative is chosen first, then filled in', async () => {
  const { user, value } = show()
  await user.click(await screen.findByRole('combobox', { name: 'Slices: kind' }))
  await user.click(await screen.findByRole('option', { name: 'off' }))
  expect(value()).toEqual({ slices: 'off' })
  await user.click(screen.getByRole('combobox', { name: 'Slices: kind' }))
  await user.click(await screen.findByRole('option', { name: 'a list' }))
  expect(value()).toEqual({ slices: [] })
  await user.type(screen.getByRole('combobox', { name: 'Slices' }), 'age{Enter}')
  expect(value()).toEqual({ slices: ['age'] })
})

test('nested fields, mappings and lists', async () => {
  const { user, value } = show()
  await user.type(await screen.findByRole('textbox', { name: /False positive/ }), '40')
  expect(value()).toEqual({ costs: { falsePositive: 40 } })
  const types = screen.getByRole('group', { name: 'Types' })
  await user.click(within(types).getByRole('button', { name: 'Add' }))
  await user.type(within(types).getByRole('combobox', { name: 'Types: name 1' }), 'age')
  expect(value()).toEqual({ costs: { falsePositive: 40 }, types: { age: 'integer' } })
  await user.click(within(types).getByRole('button', { name: 'Remove age' }))
  expect(value()).toEqual({ costs: { falsePositive: 40 } })
  await user.click(within(screen.getByRole('group', { name: 'Steps' })).getByRole('button', { name: 'Add' }))
  expect(value()['steps']).toEqual([{}])
})

test('values of any shape are typed as JSON, and half of one is not taken', async () => {
  const { user, value } = show({ params: { depth: 6 } })
  const field = await screen.findByRole('textbox', { name: 'Params: value of depth' })
  await user.clear(field)
  await user.type(field, '[[1')
  expect(screen.getByText(/not whole JSON yet/)).toBeDefined()
  await user.type(field, ']')
  expect(value()).toEqual({ params: { depth: [1] } })
})
