// @vitest-environment jsdom
import { render, screen } from '@testing-library/react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Later } from '../../../../src/renderer/components/later.tsx'

const late = (
  <Later meanwhile={<i>coming</i>}>
    <b>here</b>
  </Later>
)

test('what takes long is not part of what is drawn first', () => {
  expect(renderToStaticMarkup(late)).toBe('<i>coming</i>')
})

test('it comes by itself, in the place of what stood for it', async () => {
  render(late)
  expect(await screen.findByText('here')).toBeDefined()
  expect(screen.queryByText('coming')).toBeNull()
})
